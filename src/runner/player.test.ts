import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import { graphFromEdges } from '../graph/index.ts';
import { shareGraph } from '../graph/share.ts';
import type { HistoryKind } from './play-run.ts';
import { createPlayer, createWorkerPlayer, type RunSetup } from './player.ts';

function setup(history: HistoryKind, maxRounds = 1000): RunSetup {
  return {
    host: {
      graph: shareGraph(ring(50)),
      graphWords: [1, 2, 3, 4],
      seed: 5,
      weights: null,
      memory: 'complex',
      priorPartnerFactor: 0.5,
      aggregate: 'minimum',
      schedule: 'random',
      start: { kind: 'random' },
      redraw: 'run',
      tolerance: 0.001,
    },
    run: { maxRounds, history, aggregate: 'minimum', keptRounds: 100, numbers: null },
  };
}

test('a worker thread plays what this thread plays, with every kind of history', async () => {
  const here = createPlayer();
  const there = createWorkerPlayer();
  for (const kind of ['rounds', 'changes', 'none'] as const) {
    const what = setup(kind);
    for (const repetition of [1, 2]) {
      const expected = await here.play(what, repetition);
      assert.ok(expected.converged && expected.rounds > 3);
      assert.is(expected.history === null, kind === 'none');
      assert.is(expected.valuesByRound?.length, expected.rounds + 1);
      assert.equal(await there.play(what, repetition), expected);
    }
  }
  await Promise.all([here.close(), there.close()]);
});

test('values are kept of runs that are not too long, and only where they are asked for', async () => {
  const player = createPlayer();
  const what = setup('rounds');
  const kept = await player.play(what, 1);
  const history = JSON.parse(Buffer.concat(kept.history!).toString());
  for (const [round, values] of kept.valuesByRound!.entries()) {
    assert.equal([...values], Object.values(history[round].nodes));
  }
  for (const keptRounds of [kept.rounds, kept.rounds - 1, 0]) {
    const { valuesByRound } = await player.play({ ...what, run: { ...what.run, keptRounds } }, 1);
    assert.is(valuesByRound === null, keptRounds < kept.rounds);
  }
});

test('who watches a run is told each of its rounds, and the run is the same', async () => {
  const player = createPlayer();
  const what = { ...setup('none'), run: { ...setup('none').run, keptRounds: 0 } };
  const expected = await player.play(what, 1);
  const told: number[][] = [];
  const ends: boolean[] = [];
  const outcome = await player.play(what, 1, (round, values, over) => {
    assert.is(round, told.length);
    told.push([...values]);
    ends.push(over);
  });
  assert.equal(outcome, expected);
  const { valuesByRound } = await player.play(setup('none'), 1);
  assert.equal(
    told,
    valuesByRound!.map((values) => [...values]),
  );
  assert.equal(ends, [...Array(expected.rounds).fill(false), true]);
  const short = { ...what, run: { ...what.run, maxRounds: 2 } };
  const last: boolean[] = [];
  await player.play(short, 1, (_, __, over) => last.push(over));
  assert.equal(last, [false, false, true]);
});

test('a run that never ends is ended by closing its player', async () => {
  const endless = setup('none', 1_000_000_000);
  // Two pairs: the value of one never reaches the other.
  const graph = shareGraph(graphFromEdges(4, Uint32Array.of(0, 2), Uint32Array.of(1, 3)));
  const parts: RunSetup = {
    host: { ...endless.host, graph, start: { kind: 'numbers' } },
    run: endless.run,
  };
  for (const create of [createPlayer, createWorkerPlayer]) {
    const player = create();
    const outcome = player.play(parts, 1).then(
      () => 'played',
      () => 'refused',
    );
    setTimeout(() => player.close(), 20);
    assert.is(await outcome, 'refused');
  }
});

test('what a worker thread cannot do is an error here', async () => {
  const player = createWorkerPlayer();
  const broken = { host: { ...setup('none').host, graph: null }, run: setup('none').run };
  const error = await player.play(broken as unknown as RunSetup, 1).then(
    () => null,
    (reason: Error) => reason,
  );
  assert.instance(error, TypeError);
  await player.close();
});

test.run();
