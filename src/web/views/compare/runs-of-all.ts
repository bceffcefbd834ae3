import type { Compared } from '../../../gen/gossip/v1/simulation_pb.ts';
import { csv } from '../../charts/csv.ts';
import type { SimulationClient } from '../../client.ts';
import { runPages } from '../simulations/run-pages.ts';
import { runRecords } from '../simulations/run-records.ts';

/** The runs of all contestants as CSV: a record a run, with what runs.csv says of it. */
export async function runsOfAll(
  client: Pick<SimulationClient, 'listRuns'>,
  all: readonly Pick<Compared, 'contestant' | 'name' | 'algorithm' | 'parameters'>[],
): Promise<string> {
  let text = '';
  for (const { contestant, name, algorithm, parameters } of all) {
    const { folder = '', graph = '', execution = 0 } = contestant ?? {};
    for await (const runs of runPages(client, { folder, graph, execution })) {
      const [columns, ...records] = runRecords(runs);
      if (text === '') {
        text = csv([['folder', 'simulation', 'algorithm', 'parameters', ...columns]]);
      }
      text += csv(records.map((record) => [folder, name, algorithm, parameters, ...record]));
    }
  }
  return text;
}
