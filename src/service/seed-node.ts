import { createChoice, createTurns, pickAll, resetChoice } from '../host/choice.ts';
import { deriveKey, integer, Purpose, RANDOM_START_MAXIMUM, seedWords } from '../host/index.ts';
import { forget, remember } from '../host/memory.ts';
import type { NodeEnvironment } from './environment.ts';
import { loadWeights } from './seed-weights.ts';

/** One node as the seed has them: it picks, and takes the lesser of two values. No I/O. */
export interface SeedNode {
  readonly name: string;
  /** What its draws follow from: SEED, or what was drawn in its place. */
  readonly seed: number;
  /** The value now, an int32. */
  value(): number;
  /** The first value, then the value after each participation since the last reset. */
  history(): readonly number[];
  /** Whether a node of this name is in NEIGHBORS. */
  isNeighbor(name: string): boolean;
  /** Takes the next turn of the run: the name of the neighbor it picks. */
  pick(): string;
  /**
   * Takes part in an exchange with this partner, which holds this value; gives the value after it. A partner that is
   * not a neighbor changes the value like any other, but there is no weight to lower.
   */
  meet(partner: string, value: number): number;
  /**
   * Begins the next run: the first value, nobody met. After every REPETITIONS runs comes the next combination of
   * parameters; after the last one it stays.
   */
  reset(): void;
}

/**
 * The node that an environment describes; what to say about it goes to `warn`.
 *
 * Picks and memory are those of src/host, on a graph that is the node's own row: its neighbors are 0..degree-1, in the
 * order of NEIGHBORS. A draw is named as in memory by (seed, graph, repetition, round, node), where a round is a call
 * to `pick`. So with SEED, GRAPH_HASH, NODE_INDEX (or the number in HOSTNAME, where the graph's numbers go from 0
 * without gaps) and NEIGHBORS in ascending order, the picks and the first value are those of the in-memory host, as
 * long as every round asks each node once. One thing a node cannot know: whether all nodes of the graph weigh their
 * neighbors alike, in which case memory draws with fewer bits. A strategy that asks for measures and has no memory may
 * then pick otherwise, with probability degree / 2^32 a draw.
 *
 * @throws GossipError that names the variable where the algorithm does not fit its neighbors and parameters
 */
export async function createSeedNode(
  environment: NodeEnvironment,
  warn: (text: string) => void = () => {},
): Promise<SeedNode> {
  const { name, neighbors, repetitions, index } = environment;
  const { memory, executions, weigh } = await loadWeights(environment, warn);
  const degree = neighbors.length;
  const row = {
    nodeCount: 1,
    edgeCount: degree,
    offsets: Uint32Array.of(0, degree),
    neighbors: Uint32Array.from(neighbors.keys()),
    numbers: null,
    labels: null,
  };
  const slots = new Map(neighbors.map((neighbor, slot) => [neighbor, slot]));
  const seed = environment.seed ?? drawSeed();
  const keyOf = (purpose: number, ...words: number[]) =>
    deriveKey([purpose, ...seedWords(seed), ...environment.graphWords, ...words]);
  const first = environment.start === 'random' ? drawFirst() : environment.start;
  const turns = createTurns(1);
  turns.counters[0] = index;
  turns.count = 1;

  let execution = 0;
  let repetition = 1;
  let round = 0;
  let choice = choiceOf(execution);
  let runKey = keyOf(Purpose.choice, repetition);
  let history = [first];

  function drawFirst(): number {
    const { k0, k1 } = keyOf(Purpose.start);
    return integer(k0, k1, index, RANDOM_START_MAXIMUM + 1);
  }

  function choiceOf(execution: number) {
    const weights = weigh(execution);
    const factor = executions[execution].priorPartnerFactor;
    const priorPartnerFactor = typeof factor === 'number' ? factor : 1;
    // The opposite edges are other nodes' matter.
    return createChoice(
      row,
      { weights, memory, priorPartnerFactor },
      () => new Uint32Array(degree),
    );
  }

  return {
    name,
    seed,
    value: () => history[history.length - 1],
    history: () => history,
    isNeighbor: (name) => slots.has(name),

    pick() {
      const { k0, k1 } = deriveKey([++round], runKey);
      pickAll(choice, turns, k0, k1);
      return neighbors[turns.partners[0]];
    },

    meet(partner, value) {
      const own = history[history.length - 1];
      const result = Math.min(own, value);
      history.push(result);
      if (choice.memory !== null) {
        if (result !== own) forget(choice.memory, 0, degree);
        const slot = slots.get(partner);
        if (slot !== undefined) remember(choice.memory, slot);
      }
      return result;
    },

    reset() {
      repetition++;
      if (repetition > repetitions && execution + 1 < executions.length) {
        execution++;
        repetition = 1;
        choice = choiceOf(execution);
      } else {
        if (repetition === repetitions + 1)
          warn('reset after the last run: it is played once more');
        resetChoice(choice);
      }
      round = 0;
      runKey = keyOf(Purpose.choice, repetition);
      history = [first];
    },
  };
}

function drawSeed(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 21) * 2 ** 32 + low;
}
