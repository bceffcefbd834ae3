import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../../graph/generators/index.ts';
import { beginningOf } from '../../host/progress.ts';
import type { RunSetup } from '../../runner/index.ts';
import { createRoundsShown, FOLLOWERS, type ShownNews, UNTAKEN } from './rounds-shown.ts';

const SETUP: RunSetup = {
  host: {
    graph: ring(10),
    graphWords: [1, 2, 3, 4],
    seed: 5,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 1,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'run',
    tolerance: 0.001,
  },
  run: { maxRounds: 100, history: 'none', aggregate: 'minimum', numbers: null },
};
const place = (run: number) => ({
  simulation: 's',
  folder: 's-1',
  graph: 'ring',
  execution: 1,
  run,
  executions: 1,
  repetitions: 9,
});

/** A thread whose clock stands where it is put. */
function thread() {
  const counters = new Int32Array(2);
  const posted: ShownNews[] = [];
  const clock = { now: 1000 };
  const watch = createRoundsShown(
    counters,
    (news) => posted.push(news),
    () => clock.now,
  );
  const values = new Float64Array(10);
  const play = (run: number, rounds: number, milliseconds: number) => {
    const onRound = watch(SETUP, place(run));
    for (let round = 0; round <= rounds; round++) {
      onRound(round, values.fill(round), round === rounds);
      clock.now += milliseconds;
    }
  };
  const told = () =>
    posted.splice(0).map((news) => {
      if (news.kind === 'run') return `run ${news.place.run}`;
      assert.equal([...news.values], Array(10).fill(news.round));
      return news.round;
    });
  return { counters, posted, clock, watch, play, told };
}

test('nothing is posted while nobody follows', () => {
  const { counters, play, told } = thread();
  play(1, 50, 100);
  assert.equal(told(), []);
  counters[FOLLOWERS] = 1;
  play(2, 2, 100);
  assert.equal(told(), ['run 2', 0, 1, 2]);
  counters[FOLLOWERS] = 0;
  counters[UNTAKEN] = 0;
  play(3, 3, 100);
  assert.equal(told(), []);
});

test('who comes in the middle of a run is told how it began', () => {
  const { counters, watch, posted, told } = thread();
  const onRound = watch(SETUP, place(3));
  const values = new Float64Array(10);
  onRound(0, values, false);
  counters[FOLLOWERS] = 30;
  onRound(7, values.fill(7), false);
  const [run] = posted;
  assert.is(run.kind, 'run');
  const { values: start } = beginningOf(SETUP.host, 3);
  assert.equal(run.kind === 'run' ? run.start : null, start);
  assert.equal(told(), ['run 3', 7]);
});

test('rounds and runs that come faster than 15 a second are left out, but for the last of a run', () => {
  const { counters, play, told, clock } = thread();
  counters[FOLLOWERS] = 1;
  const begin = clock.now;
  const all: (string | number)[] = [];
  for (let run = 1; run <= 1000; run++) {
    play(run, 9, 1);
    all.push(...told());
    counters[UNTAKEN] = 0;
  }
  const seconds = (clock.now - begin) / 1000;
  const rounds = all.filter((one) => typeof one === 'number');
  assert.ok(rounds.length <= 15 * seconds + 2, `${rounds.length} rounds in ${seconds} s`);
  assert.ok(rounds.length > 10 * seconds, `${rounds.length} rounds in ${seconds} s`);
  // Each run that was begun is shown to its end.
  const runs = all.join(' ').split('run ').slice(1);
  assert.ok(runs.every((run) => / 9 ?$/.test(run)));
});

test('while rounds wait to be taken none are added, but for the last of a run', () => {
  const { counters, play, told } = thread();
  counters[FOLLOWERS] = 1;
  play(1, 20, 100);
  assert.equal(told(), ['run 1', 0, 1, 20]);
  assert.is(counters[UNTAKEN], 3);
  play(2, 20, 100);
  assert.equal(told(), []);
});

test.run();
