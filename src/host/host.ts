import type { Graph } from '../graph/graph.ts';
import { reverseEdges } from '../graph/reverse.ts';
import type { Aggregate } from './aggregate.ts';
import { type ChoiceSettings, createChoice, createTurns, resetChoice } from './choice.ts';
import type { Nodes } from './exchange.ts';
import { type Played, playTurns } from './play.ts';
import { playAtOnce } from './play-at-once.ts';
import {
  type Beginning,
  beginningOf,
  countHolding,
  type Progress,
  progressOf,
} from './progress.ts';
import { deriveKey, Purpose, seedWords } from './random.ts';
import { drawTurns, type Schedule } from './schedule.ts';
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
  let player: Player | null = null;
  const configured = (): Player => {
    if (player === null) throw new Error('the host is not configured');
    return player;
  };
  return {
    async configure(configuration) {
      player = createPlayer(configuration);
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
      player = null;
    },
  };
}

/** Turns prepared at a time: their arrays fill half of a first-level cache. */
const BLOCK = 2048;
/** With memory, so many that what they will read stays in a second-level cache. */
const MEMORY_BLOCK = 128;

type Player = ReturnType<typeof createPlayer>;

function createPlayer(configuration: HostConfiguration) {
  const { graph, aggregate, schedule } = configuration;
  const { nodeCount } = graph;
  const nodes: Nodes = {
    choice: createChoice(graph, configuration, () => reverseEdges(graph)),
    aggregate,
    values: new Float64Array(nodeCount),
    participations: new Uint32Array(nodeCount),
    final: 0,
    holding: 0,
  };
  const drawn = schedule === 'shuffled' || schedule === 'random';
  const order = drawn ? new Uint32Array(nodeCount) : null;
  const synchronous = schedule === 'synchronous';
  const turns = createTurns(
    synchronous
      ? nodeCount
      : Math.min(nodeCount, configuration.memory === 'none' ? BLOCK : MEMORY_BLOCK),
  );
  const atOnce = synchronous
    ? { values: new Float64Array(nodeCount), contacts: new Uint32Array(nodeCount) }
    : null;
  const simulation = [...seedWords(configuration.seed), ...configuration.graphWords];
  const keyOf = (purpose: number, ...words: number[]) =>
    deriveKey([purpose, ...simulation, ...words]);
  let keys = { choice: keyOf(0), order: keyOf(0), initiator: keyOf(0) };
  let beginning: Beginning = { values: nodes.values, final: 0, allowed: 0 };

  function progress(): Progress {
    if (aggregate !== 'mean') {
      return { converged: nodes.holding === nodeCount, holding: nodes.holding };
    }
    return progressOf(aggregate, nodes.values, beginning);
  }

  return {
    nodes,
    reset(repetition: number): Progress {
      keys = {
        choice: keyOf(Purpose.choice, repetition),
        order: keyOf(Purpose.order, repetition),
        initiator: keyOf(Purpose.initiator, repetition),
      };
      beginning = beginningOf(configuration, repetition);
      nodes.values.set(beginning.values);
      nodes.participations.fill(0);
      nodes.final = beginning.final;
      nodes.holding = countHolding(nodes.values, nodes.final);
      resetChoice(nodes.choice);
      return progress();
    },
    play(round: number): Played & Progress {
      const { k0, k1 } = deriveKey([round], keys.choice);
      if (order !== null && (schedule === 'shuffled' || schedule === 'random')) {
        drawTurns(schedule, keys.order, keys.initiator, round, order);
      }
      const played =
        atOnce !== null
          ? playAtOnce(nodes, turns, atOnce, k0, k1)
          : playTurns(nodes, order, schedule === 'random', turns, k0, k1);
      return { ...played, ...progress() };
    },
  };
}
