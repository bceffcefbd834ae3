import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphFromEdges } from '../graph/builder.ts';
import { reverseEdges } from '../graph/reverse.ts';
import type { Aggregate } from './aggregate.ts';
import { createChoice } from './choice.ts';
import { createHost, type HostConfiguration } from './host.ts';
import { deriveKey, Purpose, seedWords, sequence } from './random.ts';
import { planRound, type RoundPlan } from './round-plan.ts';
import { drawTurns, SCHEDULES } from './schedule.ts';
import type { Link, Shard, ShardRound } from './shard.ts';
import { createShardAtOnce } from './shard-at-once.ts';
import { createShardInTurn } from './shard-in-turn.ts';
import { startValues } from './start.ts';

const ROUNDS = 6;

/** Shards that talk by a mailbox from which messages are taken in random order. */
function createShards(
  configuration: HostConfiguration,
  cuts: readonly number[],
  draw: () => number,
) {
  const { graph, graphWords, seed, schedule, aggregate, memory } = configuration;
  const key = (purpose: number, ...words: number[]) =>
    deriveKey([purpose, ...seedWords(seed), ...graphWords, ...words]);
  const keyOf = (round: number) => deriveKey([round], key(Purpose.choice, 1));
  const start = startValues(graph, configuration.start, aggregate, key(Purpose.start));
  const mailbox: (() => void)[] = [];
  const shards: Shard[] = [];
  const holder = (node: number) => shards[cuts.findLastIndex((cut) => cut <= node)];
  for (const [index, first] of cuts.slice(0, -1).entries()) {
    const choice = createChoice(graph, configuration, () => reverseEdges(graph));
    const plans = new Map<number, RoundPlan>();
    const plan = (round: number) => {
      let found = plans.get(round);
      if (found === undefined) {
        const drawn = schedule === 'shuffled' || schedule === 'random';
        const order = drawn ? new Uint32Array(graph.nodeCount) : null;
        if (drawn)
          drawTurns(schedule, key(Purpose.order, 1), key(Purpose.initiator, 1), round, order!);
        const { k0, k1 } = keyOf(round);
        found = planRound(choice, order, schedule === 'random', k0, k1);
        plans.set(round, found);
      }
      return found;
    };
    const link: Link = {
      exchange(meeting, value, onReply) {
        mailbox.push(() =>
          holder(meeting.partner).receive(meeting, value, (other) =>
            mailbox.push(() => onReply(other)),
          ),
        );
      },
      announce(meeting, onTold) {
        const others = shards.filter((_, other) => other !== index);
        let left = others.length;
        if (left === 0) mailbox.push(onTold);
        for (const other of others) {
          mailbox.push(() => {
            other.hear(meeting);
            if (--left === 0) mailbox.push(onTold);
          });
        }
      },
    };
    const settings = { graph, first, last: cuts[index + 1], aggregate, link, plan, start };
    const create = schedule === 'synchronous' ? createShardAtOnce : createShardInTurn;
    shards.push(create(settings, memory === 'none' ? null : { choice, keyOf }));
  }
  return {
    async play(from: number, to: number): Promise<ShardRound[][]> {
      let finished: ShardRound[][] | null = null;
      Promise.all(shards.map((shard) => shard.play(from, to))).then((rounds) => {
        finished = rounds;
      });
      while (mailbox.length > 0) mailbox.splice(Math.floor(draw() * mailbox.length), 1)[0]();
      await new Promise((resolve) => setImmediate(resolve));
      if (finished === null) throw new Error('no message is left, and the rounds are not complete');
      return finished;
    },
  };
}

async function compare(
  configuration: HostConfiguration,
  cuts: readonly number[],
  draw: () => number,
) {
  const host = createHost();
  await host.configure(configuration);
  await host.reset(1);
  const shards = createShards(configuration, cuts, draw);
  for (let from = 1; from <= ROUNDS; from += 3) {
    const played = await shards.play(from, from + 2);
    for (let round = from; round < from + 3; round++) {
      const parts = played.map((rounds) => rounds[round - from]);
      const { exchanges, useful } = await host.play(round);
      const sum = (of: (part: ShardRound) => number) =>
        parts.reduce((total, part) => total + of(part), 0);
      assert.is(
        sum((part) => part.exchanges),
        exchanges,
      );
      assert.is(
        sum((part) => part.useful),
        useful,
      );
      assert.equal(
        parts.flatMap((part) => [...part.values]),
        [...(await host.values())],
      );
      assert.equal(
        parts.flatMap((part) => [...part.participations]),
        [...(await host.participations())],
      );
    }
  }
}

for (const schedule of SCHEDULES) {
  for (const memory of ['none', 'plain', 'complex'] as const) {
    const aggregates: Aggregate[] = ['minimum', 'maximum'];
    if (schedule !== 'synchronous' || memory === 'none') aggregates.push('mean');
    test(`shards play what one host plays, however messages are late: ${schedule}, memory ${memory}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 24 }),
          fc.integer({ min: 1, max: 6 }),
          fc.boolean(),
          fc.constantFrom(...aggregates),
          fc.integer({ min: 0, max: 1e9 }),
          async (nodeCount, hosts, weighted, aggregate, seed) => {
            const draw = sequence(deriveKey([seed]));
            const ends = () =>
              new Uint32Array(2 * nodeCount).map(() => Math.floor(draw() * nodeCount));
            const graph = graphFromEdges(nodeCount, ends(), ends());
            const weights = weighted ? Float64Array.from(graph.neighbors, draw) : null;
            const count = Math.min(hosts, nodeCount);
            const cuts = Array.from({ length: count + 1 }, (_, i) =>
              Math.floor((i * nodeCount) / count),
            );
            await compare(
              {
                graph,
                graphWords: [1, 2, 3, 4],
                seed,
                weights,
                memory,
                priorPartnerFactor: 0.5,
                aggregate,
                schedule,
                start: { kind: 'random' },
                redraw: 'graph',
                tolerance: 0.001,
              },
              cuts,
              draw,
            );
          },
        ),
        { numRuns: 60, seed: 42 },
      );
    });
  }
}

test.run();
