import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { complete, star } from '../graph/generators/index.ts';
import { BASE, configurations, MEMORIES, randomWeights } from './configuration.fixture.ts';
import {
  createHost,
  createSteps,
  type HostConfiguration,
  type RoundExchanges,
  SCHEDULES,
} from './index.ts';
import { beginningOf } from './progress.ts';
import { createShards } from './shards.ts';

const nameOf = (node: number) => `node ${node}`;

/** Plays the exchanges that were seen, one after the other, and compares what each began and ended with. */
function followExchanges(seen: RoundExchanges, values: number[], after: Float64Array): void {
  seen.initiators.forEach((initiator, turn) => {
    const partner = seen.partners[turn];
    assert.is(seen.initiatorsBefore[turn], values[initiator]);
    assert.is(seen.partnersBefore[turn], values[partner]);
    values[initiator] = seen.initiatorsAfter[turn];
    values[partner] = seen.partnersAfter[turn];
  });
  assert.equal(values, [...after]);
}

async function compare(configuration: HostConfiguration, rounds: number, repetitions: number[]) {
  const { offsets, neighbors } = configuration.graph;
  const host = createHost();
  await host.configure(configuration);
  const steps = createSteps(configuration);
  for (const repetition of repetitions) {
    assert.equal(steps.reset(repetition, 0), await host.reset(repetition));
    assert.is(steps.exchanges().initiators.length, 0);
    const participations = new Uint32Array(configuration.graph.nodeCount);
    for (let round = 1; round <= rounds; round++) {
      const before = [...steps.values];
      const played = steps.play(round);
      assert.equal(played, await host.play(round), `round ${round}`);
      assert.equal(steps.values, await host.values(), `values after round ${round}`);
      assert.equal(steps.participations, await host.participations());
      const seen = steps.exchanges();
      assert.is(seen.initiators.length, played.exchanges);
      seen.initiators.forEach((initiator, turn) => {
        const partner = seen.partners[turn];
        const around = neighbors.subarray(offsets[initiator], offsets[initiator + 1]);
        assert.ok(around.includes(partner));
        participations[initiator]++;
        participations[partner]++;
        if (configuration.schedule !== 'synchronous') return;
        assert.is(seen.initiatorsBefore[turn], before[initiator]);
        assert.is(seen.partnersBefore[turn], before[partner]);
        assert.is(seen.initiatorsAfter[turn], steps.values[initiator]);
        assert.is(seen.partnersAfter[turn], steps.values[partner]);
      });
      assert.equal(steps.participations, participations);
      if (configuration.schedule !== 'synchronous') followExchanges(seen, before, steps.values);
    }
  }
}

/** Compares every node's weights and last pick with those of hosts that were asked. */
async function compareExplanations(configuration: HostConfiguration, rounds: number) {
  const { graph } = configuration;
  const ranges = [{ first: 0, end: graph.nodeCount }];
  const link = {
    exchange: () => assert.unreachable('all nodes are in one place'),
    announce: (_: unknown, onTold: () => void) => queueMicrotask(onTold),
  };
  const shards = createShards({ ...configuration, ranges }, link);
  shards.reset(1, beginningOf(configuration, 1).values);
  const steps = Array.from({ length: graph.nodeCount }, (_, node) => {
    const own = createSteps(configuration);
    own.reset(1, node);
    return own;
  });
  for (let round = 0; round <= rounds; round++) {
    if (round > 0) await shards.play(round, round);
    for (const [node, own] of steps.entries()) {
      if (round > 0) own.play(round);
      assert.equal(own.weightsOf(node), shards.weightsOf(node), `weights of node ${node}`);
      const expected = round === 0 ? null : shards.explain(node, nameOf);
      assert.equal(own.explain(nameOf), expected, `node ${node} in round ${round}`);
    }
  }
}

/** Shards cannot play a synchronous mean where picks depend on contacts. */
const isForShards = ({ aggregate, schedule, memory }: HostConfiguration) =>
  !(aggregate === 'mean' && schedule === 'synchronous' && memory !== 'none');

test('turn by turn, a host plays what it plays by rounds, whatever the configuration', async () => {
  await fc.assert(
    fc.asyncProperty(configurations, (configuration) => compare(configuration, 6, [1, 7, 1])),
    { seed: 1, numRuns: 1000 },
  );
});

test('a pick is explained as hosts explain it, whatever the configuration', async () => {
  await fc.assert(
    fc.asyncProperty(configurations.filter(isForShards), (configuration) =>
      compareExplanations(configuration, 4),
    ),
    { seed: 2, numRuns: 300 },
  );
});

for (const [name, graph] of [
  ['a star', star(80)],
  ['a complete graph', complete(70)],
] as const) {
  test(`the same on ${name}, where degrees are large`, async () => {
    for (const schedule of SCHEDULES) {
      for (const memory of MEMORIES) {
        for (const weights of [null, randomWeights(graph, 1)]) {
          const configuration = { ...BASE, graph, schedule, memory, weights };
          await compare({ ...configuration, aggregate: 'mean' }, 3, [1]);
          await compareExplanations(configuration, 2);
        }
      }
    }
  });
}

test('no pick is explained where none was noted', () => {
  const steps = createSteps(BASE);
  steps.reset(1, null);
  steps.play(1);
  assert.is(steps.explain(nameOf), null);
  steps.reset(1, 1);
  assert.is(steps.explain(nameOf), null);
  steps.play(1);
  assert.is(steps.explain(nameOf)?.exchange.round, 1);
  steps.reset(1, 1);
  assert.is(steps.explain(nameOf), null);
});

test.run();
