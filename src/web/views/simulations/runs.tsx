import type { Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import { useAnswer } from '../../asking.ts';
import { csv } from '../../charts/csv.ts';
import { downloadCsv, fileName } from '../../charts/download.ts';
import { FetchedCsv } from '../../charts/fetched-csv.tsx';
import { Chunks } from '../../chunks.tsx';
import { type SimulationClient, useClient } from '../../client.ts';
import { count, counted, decimal } from '../../format.ts';
import { Heads } from '../../heads.tsx';
import { placeLink } from '../../place.ts';
import { Scroll } from '../../scroll.tsx';
import { type RunsPlace, runPages } from './run-pages.ts';
import { runRecords } from './run-records.ts';

const COLUMNS = ['Run', 'Rounds', 't50', 't90', 't99', 'Exchanges', 'Useful', 'Busiest node'];

/** The runs of one execution on one graph, each a link to where it is watched. */
export function Runs({ folder, graph, execution }: RunsPlace) {
  const client = useClient();
  const place = { folder, graph, execution };
  const { value: runs, error } = useAnswer(
    (signal) => allRuns(client, place, signal),
    [client, folder, graph, execution],
  );
  if (error !== undefined) return <p class="wrong">{error}</p>;
  if (runs === undefined) return <p class="quiet">Loading the runs…</p>;
  const title = `${folder}-${graph}-${execution}-runs`;
  return (
    <section aria-label="Runs one by one">
      <p class="row">
        <span>{counted(runs.length, 'run')}</span>
        <button type="button" onClick={() => downloadCsv(fileName(title), csv(runRecords(runs)))}>
          Download these as CSV
        </button>
        <FetchedCsv
          label="Download all of the simulation"
          title={`${folder}-runs`}
          fetchText={async () =>
            csv(runRecords(await allRuns(client, { folder, graph: '', execution: 0 })))
          }
        />
      </p>
      <Scroll label="Table of runs" isTall>
        <table aria-rowcount={runs.length + 1}>
          <thead>
            <tr>
              <Heads names={COLUMNS} isNumber />
              <Heads names={['Converged']} />
            </tr>
          </thead>
          <Chunks
            rows={runs}
            columns={COLUMNS.length + 1}
            row={(run, index) => (
              <tr key={run.run} aria-rowindex={index + 2}>
                <td class="number">
                  <a
                    href={placeLink('run', { simulation: folder, graph, execution, run: run.run })}
                  >
                    {run.run}
                  </a>
                </td>
                <td class="number">{count(run.rounds)}</td>
                <td class="number">{run.t50 ?? '–'}</td>
                <td class="number">{run.t90 ?? '–'}</td>
                <td class="number">{run.t99 ?? '–'}</td>
                <td class="number">{run.exchanges === undefined ? '–' : count(run.exchanges)}</td>
                <td class="number">{run.useful === undefined ? '–' : count(run.useful)}</td>
                <td class="number">{decimal(run.maxLoad)}</td>
                <td>{run.converged ? 'yes' : <span class="wrong">no</span>}</td>
              </tr>
            )}
          />
        </table>
      </Scroll>
    </section>
  );
}

async function allRuns(
  client: SimulationClient,
  place: RunsPlace,
  signal?: AbortSignal,
): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const page of runPages(client, place, signal)) runs.push(...page);
  return runs;
}
