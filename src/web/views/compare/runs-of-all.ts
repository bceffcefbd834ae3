import type { Compared, Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import { csv } from '../../charts/csv.ts';
import type { SimulationClient } from '../../client.ts';
import { runRecords } from '../simulations/run-records.ts';

const PAGE = 10_000;

/** The runs of all contestants as CSV: a record a run, with what runs.csv says of it. */
export async function runsOfAll(
  client: Pick<SimulationClient, 'listRuns'>,
  all: readonly Pick<Compared, 'contestant' | 'name' | 'algorithm' | 'parameters'>[],
  signal: AbortSignal,
): Promise<string> {
  let text = '';
  for (const { contestant, name, algorithm, parameters } of all) {
    const { folder = '', graph, execution } = contestant ?? {};
    let pageToken = '';
    do {
      const asked = { folder, graph, execution, pageSize: PAGE, pageToken };
      const page: { runs: Run[]; nextPageToken: string } = await client.listRuns(asked, { signal });
      const [columns, ...records] = runRecords(page.runs);
      if (text === '') {
        text = csv([['folder', 'simulation', 'algorithm', 'parameters', ...columns]]);
      }
      text += csv(records.map((record) => [folder, name, algorithm, parameters, ...record]));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
  }
  return text;
}
