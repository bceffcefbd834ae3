import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import { BASE, configurations } from '../host/configuration.fixture.ts';
import { createHost } from '../host/host.ts';
import { createSteps } from '../host/steps.ts';
import { playRun } from '../runner/play-run.ts';
import { createReplay, type NodeStory, type Replay, type ReplaySettings } from './index.ts';

const nameOf = (node: number) => `node ${node}`;

/** What the runner keeps of a run: the values by round. */
async function valuesOfRun({ host, maxRounds }: ReplaySettings, repetition: number) {
  const player = createHost();
  await player.configure(host);
  const { aggregate } = host;
  const settings = {
    maxRounds,
    aggregate,
    history: 'none',
    keptRounds: 1e6,
    numbers: null,
  } as const;
  return (await playRun(player, settings, repetition)).valuesByRound!;
}

async function historyOf(replay: Replay, signal?: AbortSignal): Promise<Float64Array[]> {
  const rounds: Float64Array[] = [];
  for await (const values of replay.history(signal)) rounds.push(values.slice());
  return rounds;
}

/** A node's story once more, from all exchanges that there were. */
function expectedStory(settings: ReplaySettings, repetition: number, node: number, round: number) {
  const steps = createSteps(settings.host);
  steps.reset(repetition, node);
  const values = [steps.values[node]];
  const met = new Map<number, [initiated: number, answered: number, lastRound: number]>();
  for (let played = 1; played <= round; played++) {
    steps.play(played);
    values.push(steps.values[node]);
    const { initiators, partners } = steps.exchanges();
    initiators.forEach((initiator, turn) => {
      if (initiator !== node && partners[turn] !== node) return;
      const other = initiator === node ? partners[turn] : initiator;
      const [initiated, answered] = met.get(other) ?? [0, 0];
      const own = Number(initiator === node);
      met.set(other, [initiated + own, answered + 1 - own, played]);
    });
  }
  const meetings = [...met].sort(([a], [b]) => a - b);
  return {
    values,
    participations: steps.participations[node],
    weights: steps.weightsOf(node),
    meetings: meetings.map(([other, [initiated, answered, lastRound]]) => ({
      ...{ node: other, initiated, answered, lastRound },
    })),
    choice: steps.explain(nameOf),
  } satisfies NodeStory;
}

test('a history is what the runner plays, whatever the configuration', async () => {
  const settings = fc.record({ host: configurations, maxRounds: fc.integer({ min: 1, max: 8 }) });
  await fc.assert(
    fc.asyncProperty(settings, fc.integer({ min: 1, max: 9 }), async (given, repetition) => {
      const replay = createReplay(given, repetition);
      const expected = await valuesOfRun(given, repetition);
      assert.equal(await historyOf(replay), expected);
      assert.is(await replay.values(expected.length), null);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('rounds and stories are the same in whatever order they are asked for', async () => {
  const questions = fc.array(
    fc.record({
      what: fc.constantFrom('values', 'exchanges', 'node'),
      round: fc.nat(7),
      node: fc.nat(13),
    }),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(configurations, questions, fc.boolean(), async (host, asked, atOnce) => {
      const settings = { host, maxRounds: 6 };
      const replay = createReplay(settings, 2);
      const values = await valuesOfRun(settings, 2);
      const answers: Promise<void>[] = [];
      for (const { what, round, node: any } of asked) {
        const node = any % host.graph.nodeCount;
        const isOver = round >= values.length;
        const check = async () => {
          if (what === 'values') {
            assert.equal(await replay.values(round), isOver ? null : values[round]);
          } else if (what === 'node') {
            const expected = isOver ? null : expectedStory(settings, 2, node, round);
            assert.equal(await replay.node(node, round, nameOf), expected);
          } else {
            const seen = await replay.exchanges(round);
            if (isOver) return assert.is(seen, null);
            const steps = createSteps(host);
            steps.reset(2, null);
            for (let played = 1; played <= round; played++) steps.play(played);
            assert.equal(seen, steps.exchanges());
          }
        };
        if (atOnce) answers.push(check());
        else await check();
      }
      await Promise.all(answers);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test('a run has a round also where all values are alike, and ends with maxRounds', async () => {
  const start = { kind: 'values', values: new Float64Array(50) } as const;
  const alike = createReplay({ host: { ...BASE, graph: ring(50), start }, maxRounds: 9 }, 1);
  assert.is((await historyOf(alike)).length, 2);
  const host = { ...BASE, graph: ring(50), start: { kind: 'numbers' } } as const;
  const short = createReplay({ host, maxRounds: 3 }, 1);
  assert.is((await historyOf(short)).length, 4);
  assert.is((await short.exchanges(3))?.initiators.length, 50);
  assert.is(await short.exchanges(4), null);
  assert.is(await short.node(0, 4, nameOf), null);
  assert.is((await short.node(0, 3, nameOf))?.values.length, 4);
});

test('what was given stays as it was while the run goes on', async () => {
  const host = { ...BASE, graph: ring(50), start: { kind: 'numbers' } } as const;
  const replay = createReplay({ host, maxRounds: 9 }, 1);
  const [values, seen] = await Promise.all([replay.values(1), replay.exchanges(1)]);
  const before = [[...values!], [...seen!.initiatorsBefore], [...seen!.partners]];
  assert.not.equal(await replay.values(5), values);
  assert.equal([[...values!], [...seen!.initiatorsBefore], [...seen!.partners]], before);
});

test('it lets others run, stops when asked to, and goes on afterwards', async () => {
  const host = { ...BASE, graph: ring(20_000), start: { kind: 'numbers' } } as const;
  const replay = createReplay({ host, maxRounds: 100_000 }, 1);
  for (const work of [
    (signal: AbortSignal) => replay.node(5, 100_000, nameOf, signal),
    (signal: AbortSignal) => replay.exchanges(100_000, signal),
    (signal: AbortSignal) => replay.values(100_000, signal),
    (signal: AbortSignal) => historyOf(replay, signal),
  ]) {
    const gone = new AbortController();
    setTimeout(() => gone.abort(new Error('the caller went away')), 1);
    const said = await work(gone.signal).then(
      () => 'it was done',
      (error: Error) => error.message,
    );
    assert.is(said, 'the caller went away');
  }
  const settings = { host, maxRounds: 2 };
  assert.equal(await replay.values(2), (await valuesOfRun(settings, 1))[2]);
  assert.equal(await replay.node(5, 2, nameOf), expectedStory(settings, 1, 5, 2));
});

test.run();
