import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryStorage, ownObjects, publishedObjects } from '../../results/storage.fixture.ts';
import { report } from '../../runner/index.ts';
import { inResults, karate, playInto, reader, refused } from './reading.fixture.ts';

const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';

test('speed-ups are those of gossip run', () =>
  inResults(async (storage) => {
    const finished = [
      await playInto(storage, 'default'),
      await playInto(storage, 'weighted_factor_memory', { spec: { factor: [1.5, 9] } }),
      await playInto(storage, 'default_complex_memory'),
    ];
    const rows = report(finished);
    const contestants = finished.flatMap(({ plan: { folder, executions } }) =>
      executions.map((_, index) => ({ folder, graph: 'karate', execution: index + 1 })),
    );
    const answer = await reader(storage).compareSimulations({ contestants });
    assert.is(answer.contestants.length, 4);
    assert.equal([answer.contestants[0].speedUp, answer.contestants[0].unpaired], [undefined, '']);
    for (const [index, compared] of answer.contestants.entries()) {
      const row = rows[index];
      assert.equal(
        [compared.algorithm, compared.parameters, compared.seed],
        [row.algorithm, row.parameters, 7n],
      );
      assert.equal([compared.summary!.mean, compared.summary!.runs], [row.meanRounds!, 6]);
      const sorted = [...compared.rounds].sort((a, b) => a - b);
      const { quartiles } = compared;
      assert.equal([quartiles.length, quartiles[0], quartiles[4]], [5, sorted[0], sorted[5]]);
      assert.is(quartiles[2], row.medianRounds);
      assert.equal(compared.runs, [1, 2, 3, 4, 5, 6]);
      if (index === 0) continue;
      const { ratio, interval } = compared.speedUp!;
      assert.is(ratio, row.speedUp!.ratio);
      assert.equal([interval!.low, interval!.high], Object.values(row.speedUp!.interval!));
    }
  }));

test('only runs of equal number are pairs', async () => {
  const one = ownObjects('one', ['a'], 8);
  const two = ownObjects('two', ['a'], 8);
  const { storage, held } = memoryStorage({ ...one.objects, ...two.objects });
  for (const run of [1, 2]) held.delete(`${one.folder}/_gossip/a/run-${run}/one_run.json`);
  for (const run of [6, 7, 8]) held.delete(`${two.folder}/_gossip/a/run-${run}/two_run.json`);
  const contestants = [one, two].map(({ folder }) => ({ folder, graph: 'a' }));
  const [first, second] = (await reader(storage).compareSimulations({ contestants })).contestants;
  assert.equal(
    [first.runs, second.runs],
    [
      [3, 4, 5, 6, 7, 8],
      [1, 2, 3, 4, 5],
    ],
  );
  // All three pairs are alike; the means over all runs are not.
  assert.not.equal(first.summary!.mean, second.summary!.mean);
  assert.equal([second.speedUp!.ratio, second.speedUp!.interval], [1, undefined]);
});

test('why runs are no pairs', () =>
  inResults(async (storage) => {
    const club = await karate();
    const larger = { ...club, graphType: 'another' };
    const first = await playInto(storage, 'default');
    const cases: [RegExp, Parameters<typeof playInto>[2]][] = [
      [/its seed is 8, that of the first is 7/, { seed: 8 }],
      [
        /its aggregate is maximum, that of the first is minimum/,
        { spec: { aggregate: 'maximum' } },
      ],
      [/its schedule is shuffled/, { spec: { schedule: 'shuffled' } }],
      [/its start is source, that of the first is not given/, { spec: { start: 'source' } }],
      [/its graph karate is another one than that of the first/, { graphs: [larger] }],
      [/it is on another graph, club, than the first/, { graphs: [{ ...club, name: 'club' }] }],
      [/in 6 of 6 pairs a run did not converge/, { spec: { maxRounds: 1 } }],
    ];
    for (const [expected, asked] of cases) {
      const { plan } = await playInto(storage, 'default_memory', asked);
      const contestants = [first.plan, plan].map(({ folder, graphs }) => ({
        ...{ folder, graph: graphs[0].source.name },
      }));
      const answer = await reader(storage).compareSimulations({ contestants });
      const [, { unpaired, speedUp, quartiles, converged }] = answer.contestants;
      assert.match(unpaired, expected);
      assert.is(speedUp, undefined);
      assert.is(quartiles.length, converged.every(Boolean) ? 5 : 0);
    }
  }));

test('with what the published system left nothing is paired', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 2);
  const { storage } = memoryStorage({ ...objects, ...publishedObjects(PUBLISHED) });
  const contestants = [
    { folder, graph: 'a' },
    { folder: PUBLISHED, graph: 'holme-n10' },
  ];
  const client = reader(storage);
  for (const order of [contestants, contestants.toReversed()]) {
    const [, second] = (await client.compareSimulations({ contestants: order })).contestants;
    assert.match(second.unpaired, /sim-wf-\S+ has no manifest/);
  }
});

test('contestants that are none', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 2);
  const client = reader(memoryStorage(objects).storage);
  const contestant = { folder, graph: 'a', execution: 1 };
  const refusals: [Partial<typeof contestant>[], Code, RegExp][] = [
    [[], Code.InvalidArgument, /there are 0, and must be 1 to 16/],
    [Array(17).fill(contestant), Code.InvalidArgument, /there are 17/],
    [
      [contestant, { ...contestant, execution: 2 }],
      Code.NotFound,
      /no finished run of execution 2/,
    ],
    [[{ ...contestant, graph: 'b' }], Code.NotFound, /no graph b/],
    [[{ ...contestant, folder: 'other' }], Code.NotFound, /"other"/],
  ];
  for (const [contestants, code, words] of refusals) {
    assert.match(await refused(client.compareSimulations({ contestants }), code), words);
  }
});

test.run();
