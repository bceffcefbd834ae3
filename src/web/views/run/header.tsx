import type { GetSimulationResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { AGGREGATE_CODES, SCHEDULE_CODES, wordOf } from '../../../protocol-enums.ts';
import { count, moment } from '../../format.ts';
import { linkWith } from '../../link-with.ts';
import { Name } from '../../name.tsx';
import { goTo, placeLink } from '../../place.ts';
import { useServer } from '../../server.ts';
import type { RunParams } from './run-params.ts';
import { commandOf } from './words.ts';

export interface RunHeaderProps {
  readonly about: GetSimulationResponse;
  readonly run: RunParams;
  readonly params: URLSearchParams;
}

/** Which run of which simulation it is, and ways to the others. */
export function RunHeader({ about, run, params }: RunHeaderProps) {
  const { simulation, graphs, executions, summaries } = about;
  const graph = graphs.find(({ name }) => name === run.graph);
  const parameters = executions.find(({ execution }) => execution === run.execution)?.parameters;
  const runs = summaries.find(
    (summary) => summary.graph === run.graph && summary.execution === run.execution,
  )?.runs;
  const choose = (changes: Record<string, string>) => {
    goTo(linkWith('run', params, { run: '1', ...changes, round: null, exchange: null }));
  };
  const { storage } = useServer().value ?? { storage: '' };
  return (
    <div class="run-header">
      <h1>
        <Name text={simulation?.name || run.folder} /> on <Name text={run.graph} />
      </h1>
      <dl class="facts">
        <Fact term="algorithm" text={simulation?.algorithm ?? ''} />
        {parameters && <Fact term="parameters" text={parameters} />}
        <Fact term="aggregate" text={wordOf(AGGREGATE_CODES, simulation?.aggregate ?? 0) ?? ''} />
        <Fact term="schedule" text={wordOf(SCHEDULE_CODES, simulation?.schedule ?? 0) ?? ''} />
        <Fact
          term="seed"
          text={simulation?.seed === undefined ? 'not known' : `${simulation.seed}`}
        />
        {graph && (
          <Fact term="graph" text={`${count(graph.nodes)} nodes, ${count(graph.edges)} edges`} />
        )}
        <Fact term="begun" text={moment(simulation?.timestamp ?? '')} />
      </dl>
      <div class="row">
        {graphs.length > 1 && (
          <label>
            Graph{' '}
            <select
              value={run.graph}
              onChange={(event) => choose({ graph: event.currentTarget.value, node: '' })}
            >
              {graphs.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {executions.length > 1 && (
          <label>
            Execution{' '}
            <select
              value={run.execution}
              onChange={(event) => choose({ execution: event.currentTarget.value })}
            >
              {executions.map((one) => (
                <option key={one.execution} value={one.execution}>
                  {one.execution}
                  {one.parameters && `: ${one.parameters}`}
                </option>
              ))}
            </select>
          </label>
        )}
        <span class="row tight">
          <button
            type="button"
            aria-label="The run before"
            disabled={run.run <= 1}
            onClick={() => choose({ run: `${run.run - 1}` })}
          >
            ◀
          </button>
          <label>
            Run{' '}
            <input
              type="number"
              class="run-number"
              min={1}
              max={runs}
              value={run.run}
              onChange={(event) => {
                const { valueAsNumber } = event.currentTarget;
                if (valueAsNumber >= 1) choose({ run: `${Math.trunc(valueAsNumber)}` });
              }}
            />
            {runs !== undefined && ` of ${count(runs)}`}
          </label>
          <button
            type="button"
            aria-label="The next run"
            disabled={runs !== undefined && run.run >= runs}
            onClick={() => choose({ run: `${run.run + 1}` })}
          >
            ▶
          </button>
        </span>
        <a href={placeLink('compare', { with: `${run.folder}/${run.graph}/${run.execution}` })}>
          Compare
        </a>
        {simulation?.hasManifest && storage !== '' && (
          <details class="command">
            <summary>Command</summary>
            <code>{commandOf(storage, run.folder)}</code>
          </details>
        )}
      </div>
    </div>
  );
}

function Fact({ term, text }: { term: string; text: string }) {
  if (text === '') return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </div>
  );
}
