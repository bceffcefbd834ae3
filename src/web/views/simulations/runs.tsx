import { useState } from 'preact/hooks';
import type { Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import { errorText, useAnswer } from '../../asking.ts';
import { csv } from '../../charts/csv.ts';
import { downloadCsv, fileName } from '../../charts/download.ts';
import { Chunks } from '../../chunks.tsx';
import { type SimulationClient, useClient } from '../../client.ts';
import { count, counted, decimal } from '../../format.ts';
import { placeLink } from '../../place.ts';
import { Scroll } from '../../scroll.tsx';
import { runRecords } from './run-records.ts';

const COLUMNS = ['Run', 'Rounds', 't50', 't90', 't99', 'Exchanges', 'Useful', 'Busiest node'];

interface Place {
  readonly folder: string;
  readonly graph: string;
  readonly execution: number;
}

/** The runs of one execution on one graph, each a link to where it is watched. */
export function Runs({ folder, graph, execution }: Place) {
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
        <AllRuns folder={folder} />
      </p>
      <Scroll label="Table of runs" isTall>
        <table aria-rowcount={runs.length + 1}>
          <thead>
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col">Converged</th>
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

/** Downloads the runs of all graphs and executions; they are asked for only then. */
function AllRuns({ folder }: { folder: string }) {
  const client = useClient();
  const [said, setSaid] = useState('');
  async function fetchAll() {
    setSaid('Loading…');
    try {
      const place = { folder, graph: '', execution: 0 };
      const runs = await allRuns(client, place, new AbortController().signal);
      downloadCsv(fileName(`${folder}-runs`), csv(runRecords(runs)));
      setSaid('');
    } catch (error) {
      setSaid(errorText(error));
    }
  }
  return (
    <>
      <button type="button" onClick={fetchAll}>
        Download all of the simulation
      </button>
      <span role="status">{said}</span>
    </>
  );
}

async function allRuns(
  client: SimulationClient,
  place: Place,
  signal: AbortSignal,
): Promise<Run[]> {
  const runs: Run[] = [];
  let pageToken = '';
  do {
    const page = await client.listRuns({ ...place, pageSize: 10_000, pageToken }, { signal });
    runs.push(...page.runs);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return runs;
}
