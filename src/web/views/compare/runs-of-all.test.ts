import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { createClient, createRouterTransport } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ComparedSchema,
  type ListRunsRequest,
  type RunSchema,
  SimulationService,
} from '../../../gen/gossip/v1/simulation_pb.ts';
import { csvRecords } from '../../../storage/csv-records.ts';
import { runsOfAll } from './runs-of-all.ts';

/** Two runs a page, of three that each contestant has. */
function listRuns({ graph, execution, pageToken }: ListRunsRequest) {
  const first = Number(pageToken || 1);
  const runs: MessageInitShape<typeof RunSchema>[] = [first, first + 1]
    .filter((run) => run <= 3)
    .map((run) => ({ graph, execution, run, rounds: 4, converged: true }));
  return { runs, nextPageToken: first + 2 <= 3 ? `${first + 2}` : '' };
}

test('all pages of all contestants stand below one header', async () => {
  const client = createClient(
    SimulationService,
    createRouterTransport(({ service }) => service(SimulationService, { listRuns })),
  );
  const contestants = ['a', 'b, "c"'].map((name) =>
    create(ComparedSchema, {
      name,
      algorithm: 'default',
      contestant: { folder: `${name}-1`, graph: 'karate', execution: 1 },
    }),
  );
  const text = await runsOfAll(client, contestants);
  const [header, ...records] = [...csvRecords(text)];
  const column = (name: string) => records.map((record) => record![header!.indexOf(name)]);
  assert.equal(column('run'), ['1', '2', '3', '1', '2', '3']);
  assert.equal(column('simulation'), ['a', 'a', 'a', 'b, "c"', 'b, "c"', 'b, "c"']);
  assert.equal(column('num_rounds'), new Array(6).fill('4'));
});

test.run();
