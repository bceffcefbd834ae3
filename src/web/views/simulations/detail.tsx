import { useAnswer } from '../../asking.ts';
import { download } from '../../charts/download.ts';
import { useClient } from '../../client.ts';
import { count, decimal } from '../../format.ts';
import { Heads } from '../../heads.tsx';
import { linkWith } from '../../link-with.ts';
import { Name } from '../../name.tsx';
import { goTo, placeLink } from '../../place.ts';
import { Scroll } from '../../scroll.tsx';
import { choiceParam } from './contestants.ts';
import { Runs } from './runs.tsx';

/** A simulation's graphs and executions, what their runs say together, and, of the one that is chosen, its runs. */
export function Detail({
  folder,
  params,
  chosen,
  onChoose,
}: {
  folder: string;
  params: URLSearchParams;
  chosen: readonly string[];
  onChoose: (choice: string, isChosen: boolean) => void;
}) {
  const client = useClient();
  const ask = (signal: AbortSignal) => client.getSimulation({ folder }, { signal });
  const { value, error } = useAnswer(ask, [client, folder]);
  if (error !== undefined) return <p class="wrong">{error}</p>;
  if (value === undefined) return <p class="quiet">Loading…</p>;
  const { simulation, manifest, graphs, executions, summaries } = value;
  const graph = params.get('graph') ?? '';
  const execution = Number(params.get('execution')) || 0;
  const parametersOf = (number: number) =>
    executions.find((one) => one.execution === number)?.parameters ?? '';
  return (
    <div class="detail">
      <Scroll label="Summaries">
        <table>
          <caption class="unseen">What the runs say together</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">Compare</span>
              </th>
              <Heads names={['Graph']} />
              <Heads names={['Nodes', 'Edges']} isNumber />
              <Heads names={['Parameters']} />
              <Heads
                names={['Runs', 'Converged', 'Mean rounds (95 %)', 'Median', 't99', 'Busiest node']}
                isNumber
              />
              <th scope="col">
                <span class="unseen">Runs one by one</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {summaries.map((summary) => {
              const at = { graph: summary.graph, execution: summary.execution };
              const choice = choiceParam({ folder, ...at });
              const size = graphs.find(({ name }) => name === summary.graph);
              const isOpen = graph === summary.graph && execution === summary.execution;
              const parameters = parametersOf(summary.execution);
              return (
                <tr key={choice}>
                  <td>
                    <input
                      type="checkbox"
                      checked={chosen.includes(choice)}
                      aria-label={`Compare ${parameters} on ${summary.graph}`}
                      onChange={({ currentTarget }) => onChoose(choice, currentTarget.checked)}
                    />
                  </td>
                  <td>
                    <a href={placeLink('run', { simulation: folder, ...at, run: 1 })}>
                      <Name text={summary.graph} />
                    </a>
                  </td>
                  <td class="number">{size === undefined ? '–' : count(size.nodes)}</td>
                  <td class="number">{size === undefined ? '–' : count(size.edges)}</td>
                  <td>
                    <Name text={parameters || '–'} />
                  </td>
                  <td class="number">{count(summary.runs)}</td>
                  <td class="number">{count(summary.converged)}</td>
                  <td class="number">
                    {decimal(summary.mean)}
                    {summary.interval && (
                      <span class="quiet">
                        {' '}
                        {decimal(summary.interval.low)}–{decimal(summary.interval.high)}
                      </span>
                    )}
                  </td>
                  <td class="number">{decimal(summary.median, 1)}</td>
                  <td class="number">{decimal(summary.t99, 1)}</td>
                  <td class="number">{decimal(summary.maxLoad)}</td>
                  <td>
                    <button
                      type="button"
                      aria-expanded={isOpen}
                      onClick={() =>
                        goTo(
                          linkWith('simulations', params, {
                            graph: isOpen ? null : summary.graph,
                            execution: isOpen ? null : `${summary.execution}`,
                          }),
                          { replace: true },
                        )
                      }
                    >
                      Runs
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {graph !== '' && <Runs folder={folder} graph={graph} execution={execution} />}
      <p class="row">
        {simulation?.hasManifest && graphs.length > 0 && (
          <a href={placeLink('start', { graph: `stored/${folder}/${graphs[0].name}` })}>
            Play another on this graph
          </a>
        )}
        {manifest !== '' && (
          <button
            type="button"
            onClick={() =>
              download('manifest.json', new Blob([manifest], { type: 'application/json' }))
            }
          >
            Download manifest.json
          </button>
        )}
      </p>
    </div>
  );
}
