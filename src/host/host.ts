import type { Graph } from '../graph/graph.ts';
import type { Aggregate } from './aggregate.ts';
import { type ChoiceSettings, createTurns } from './choice.ts';
import { type Played, playTurns } from './play.ts';
import { createAtOnce, playAtOnce } from './play-at-once.ts';
import { createPlayer } from './player.ts';
import type { Progress } from './progress.ts';
import type { Schedule } from './schedule.ts';
import type { Start } from './start.ts';

/** All that a host must know of a simulation; it stays the same over runs. */
export interface HostConfiguration extends ChoiceSettings {
  readonly graph: Graph;
  /** The graph's content as words, which enter every draw. */
  readonly graphWords: readonly number[];
  /** An integer 0..2^53-1. */
  readonly seed: number;
  readonly aggregate: Aggregate;
  readonly schedule: Schedule;
  readonly start: Start;
  /** `graph` draws start values once for all runs, `run` anew for each repetition. */
  readonly redraw: 'graph' | 'run';
  /** For mean: a run has converged when max - min is at most this share of max - min at the start. */
  readonly tolerance: number;
}

/** Nodes that gossip when they are told to: the one interface through which runs are played. */
export interface Host {
  configure(configuration: HostConfiguration): Promise<void>;
  /** Begins a run (repetition counts from 1): start values, no participations, nobody met. */
  reset(repetition: number): Promise<Progress>;
  /** Plays one round (counted from 1). */
  play(round: number): Promise<Played & Progress>;
  /** The values now, by node; valid until the next call. */
  values(): Promise<Float64Array>;
  /** In how many exchanges of this run each node took part; valid until the next call. */
  participations(): Promise<Uint32Array>;
  stop(): Promise<void>;
}

/** A host that holds all nodes of the graph in this process. */
export function createHost(): Host {
  let rounds: ReturnType<typeof createRounds> | null = null;
  const configured = () => {
    if (rounds === null) throw new Error('the host is not configured');
    return rounds;
  };
  return {
    async configure(configuration) {
      rounds = createRounds(configuration);
    },
    async reset(repetition) {
      return configured().reset(repetition);
    },
    async play(round) {
      return configured().play(round);
    },
    async values() {
      return configured().nodes.values;
    },
    async participations() {
      return configured().nodes.participations;
    },
    async stop() {
      rounds = null;
    },
  };
}

/** Turns prepared at a time: their arrays fill half of a first-level cache. */
const BLOCK = 2048;
/** With memory, so many that what they will read stays in a second-level cache. */
const MEMORY_BLOCK = 128;

/** A player that plays whole rounds. */
function createRounds(configuration: HostConfiguration) {
  const { graph, schedule, memory } = configuration;
  const { nodeCount } = graph;
  const player = createPlayer(configuration);
  const { nodes, order, byTurn } = player;
  const synchronous = schedule === 'synchronous';
  const turns = createTurns(
    synchronous ? nodeCount : Math.min(nodeCount, memory === 'none' ? BLOCK : MEMORY_BLOCK),
  );
  const atOnce = synchronous ? createAtOnce(nodeCount) : null;
  return {
    nodes,
    reset: player.reset,
    play(round: number): Played & Progress {
      const { k0, k1 } = player.begin(round);
      const played =
        atOnce !== null
          ? playAtOnce(nodes, turns, atOnce, k0, k1)
          : playTurns(nodes, order, byTurn, turns, k0, k1);
      return { ...played, ...player.progress() };
    },
  };
}
