import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { ring } from '../graph/generators/index.ts';
import { contentHash } from '../graph/index.ts';
import type { RunOutcome } from './play-run.ts';
import { createPlayer, type RunSetup } from './player.ts';
import { createProcessPlayer, type ProcessSettings } from './process-player.ts';
import { gone } from './processes.fixture.ts';
import { type Processes, startProcesses } from './processes.ts';

const NODES = 1000;
const graph = ring(NODES);
/** A rumor goes two nodes a round around a ring, so there is time to disturb a run. */
const SETUP: RunSetup = {
  host: {
    graph,
    graphWords: [...contentHash(graph)].slice(0, 4),
    seed: 5,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 1,
    aggregate: 'minimum',
    schedule: 'synchronous',
    start: { kind: 'source', source: 'random' },
    redraw: 'graph',
    tolerance: 0.001,
  },
  run: { maxRounds: 10_000, history: 'changes', aggregate: 'minimum', numbers: null },
};

/** Plays a run on two processes, the second of which is sent this signal in mid run, each time the run is begun. */
async function disturbed(signal: NodeJS.Signals, times: number, more: Partial<ProcessSettings>) {
  const notices: string[] = [];
  const all: Processes[] = [];
  const player = createProcessPlayer({
    nodesPerHost: 100,
    processes: 2,
    runsAtOnce: 1,
    retries: 0,
    notice: (text) => notices.push(text),
    ...more,
    async start(count, abort) {
      const started = await startProcesses(count, { signal: abort });
      all.push(started);
      if (all.length <= times) void disturb(started, signal);
      return started;
    },
  });
  try {
    const outcome = await player.play(SETUP, 1).catch((error: Error) => error);
    return { outcome, notices, all, player };
  } finally {
    await player.close();
    await gone(all.flatMap(({ pids }) => pids));
  }
}

async function disturb({ remotes, pids }: Processes, signal: NodeJS.Signals): Promise<void> {
  while ((await remotes[1].client.describe({})).round === 0) await sleep(1);
  process.kill(pids[1], signal);
}

function undisturbed(): Promise<RunOutcome> {
  return createPlayer().play(SETUP, 1);
}

test('a run whose host is killed is played again on new processes, to the undisturbed outcome', async () => {
  const { outcome, notices, all } = await disturbed('SIGKILL', 1, { retries: 2 });
  assert.not.instance(outcome, Error, String(outcome));
  const { timing, ...rest } = outcome as RunOutcome;
  const expected = await undisturbed();
  assert.ok(expected.rounds > 300, String(expected.rounds));
  assert.equal(rest, expected);
  assert.is(timing!.replays, 1);
  assert.is(all.length, 2);
  assert.is(notices.length, 1);
  assert.match(
    notices[0],
    /^run 1: rounds \d+ to \d+: the host of nodes 500 to 999 at 127\.0\.0\.1:\d+ was ended by SIGKILL; it is played again$/,
  );
});

test('runs at once, of two setups, whose host is killed: each to the undisturbed outcome, said once', async () => {
  const other: RunSetup = {
    host: { ...SETUP.host, schedule: 'ascending', start: { kind: 'numbers' } },
    run: SETUP.run,
  };
  const notices: string[] = [];
  const all: Processes[] = [];
  const player = createProcessPlayer({
    nodesPerHost: 100,
    processes: 2,
    runsAtOnce: 2,
    retries: 1,
    notice: (text) => notices.push(text),
    async start(count, signal) {
      const started = await startProcesses(count, { signal });
      all.push(started);
      if (all.length === 1) void disturb(started, 'SIGKILL');
      return started;
    },
  });
  try {
    const asked = [SETUP, SETUP, other, SETUP];
    const outcomes = await Promise.all(asked.map((setup, i) => player.play(setup, i + 1)));
    for (const [index, { timing, ...outcome }] of outcomes.entries()) {
      assert.equal(outcome, await createPlayer().play(asked[index], index + 1));
      assert.is(timing?.runsAtOnce, 2);
    }
    assert.is(all.length, 2);
    assert.is(notices.length, 1, notices.join('; '));
  } finally {
    await player.close();
    await gone(all.flatMap(({ pids }) => pids));
  }
});

test('a host that hangs ends the run by the deadline, named, and is gone as well', async () => {
  const { outcome, notices, all } = await disturbed('SIGSTOP', 9, { signOfLife: 3000 });
  assert.instance(outcome, GossipError);
  assert.is((outcome as GossipError).code, 'failed');
  assert.match(
    (outcome as Error).message,
    /^rounds \d+ to \d+: the host of nodes 500 to 999 at 127\.0\.0\.1:\d+ does not answer$/,
  );
  assert.equal(notices, []);
  assert.is(all.length, 1);
});

test('a player that is closed while its processes start leaves none', async () => {
  let begun: Promise<Processes> | null = null;
  const player = createProcessPlayer({
    nodesPerHost: 1,
    processes: 9,
    runsAtOnce: 1,
    retries: 2,
    notice() {},
    start(count, signal) {
      begun = startProcesses(count, { signal });
      return begun;
    },
  });
  const outcome = player.play(SETUP, 1).catch((error: Error) => error.message);
  await sleep(20);
  await player.close();
  assert.is(await outcome, 'the player was closed');
  assert.is(
    await begun!.then(
      () => 'started',
      () => 'ended',
    ),
    'ended',
  );
});

test.run();
