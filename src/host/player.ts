import { reverseEdges } from '../graph/reverse.ts';
import { createChoice, resetChoice } from './choice.ts';
import type { Nodes } from './exchange.ts';
import type { HostConfiguration } from './host.ts';
import {
  type Beginning,
  beginningOf,
  countHolding,
  type Progress,
  progressOf,
} from './progress.ts';
import { deriveKey, type Key, Purpose, seedWords } from './random.ts';
import { drawTurns } from './schedule.ts';

/** All nodes of a graph, and what decides their rounds, however the turns are then played. */
export interface Player {
  readonly nodes: Nodes;
  /** Whose turn it is in the round begun last, in order; null: all nodes ascending. */
  readonly order: Uint32Array | null;
  /** Whether draws are named by the turn's position in the order, as a node may have several; else by the node. */
  readonly byTurn: boolean;
  /** Begins a run (repetition counts from 1). */
  reset(repetition: number): Progress;
  /** Begins a round (counted from 1) by drawing its order; the answer is the key of its choices. */
  begin(round: number): Key;
  progress(): Progress;
}

export function createPlayer(configuration: HostConfiguration): Player {
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
    order,
    byTurn: schedule === 'random',
    progress,
    reset(repetition) {
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
    begin(round) {
      if (order !== null && (schedule === 'shuffled' || schedule === 'random')) {
        drawTurns(schedule, keys.order, keys.initiator, round, order);
      }
      return deriveKey([round], keys.choice);
    },
  };
}
