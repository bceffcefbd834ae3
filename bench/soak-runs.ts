import assert from 'node:assert/strict';
import { contentHash, wordsOfHash } from '../src/graph/index.ts';
import type { HostConfiguration } from '../src/host/index.ts';
import { createPlayer, type Player, type RunSetup } from '../src/runner/index.ts';
import { benchGraph } from './workload.ts';

const NODES = 100;
/** The hosts are configured anew after so many runs. */
const RUNS_A_SETUP = 64;
const SETTINGS: readonly Partial<HostConfiguration>[] = [
  {},
  { memory: 'complex', aggregate: 'maximum', schedule: 'shuffled' },
  { aggregate: 'mean', schedule: 'random', tolerance: 0.05 },
  { memory: 'plain', redraw: 'run' },
  { schedule: 'synchronous' },
];

/** Runs without end, of one simulation after another. */
export interface Runs {
  readonly count: number;
  /**
   * Plays as many as may be played at once, and compares them with those in memory.
   *
   * @param simulation which of them; if not given, one after another
   */
  play(simulation?: number): Promise<void>;
}

/** Runs that this player plays. */
export function createRuns(player: Player): Runs {
  const memory = createPlayer();
  const setups = SETTINGS.map(setupOf);
  let count = 0;
  return {
    get count() {
      return count;
    },
    async play(simulation = Math.floor(count / RUNS_A_SETUP) % setups.length) {
      const setup = setups[simulation];
      const repetitions = Array.from({ length: player.atOnce }, (_, index) => count + index + 1);
      const outcomes = await Promise.all(repetitions.map((one) => player.play(setup, one)));
      for (const [index, repetition] of repetitions.entries()) {
        const { timing: _, ...outcome } = outcomes[index];
        assert.deepEqual(outcome, await memory.play(setup, repetition));
      }
      count += repetitions.length;
    },
  };
}

function setupOf(settings: Partial<HostConfiguration>): RunSetup {
  const graph = benchGraph(NODES);
  const host: HostConfiguration = {
    graph,
    graphWords: wordsOfHash(contentHash(graph)),
    seed: 1,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 0.5,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'graph',
    tolerance: 0.001,
    ...settings,
  };
  return {
    host,
    run: { maxRounds: 1000, history: 'rounds', aggregate: host.aggregate, numbers: null },
  };
}
