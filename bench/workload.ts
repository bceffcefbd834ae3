import { randomRegular } from '../src/graph/generators/index.ts';
import { contentHash, type Graph } from '../src/graph/index.ts';
import {
  createHost,
  deriveKey,
  type Host,
  type Key,
  type MemoryKind,
  Purpose,
  seedWords,
  sequence,
} from '../src/host/index.ts';

export const DEGREE = 8;
const SEED = 1;
export const REPETITION = 1;

/** A graph of the benchmark: random, every node of the same degree. */
export function benchGraph(nodeCount: number): Graph {
  return randomRegular(nodeCount, DEGREE, sequence(deriveKey([SEED])));
}

/** Weights in [0, 1) drawn at random: the hardest to foretell that a strategy could give. */
export function randomWeights(graph: Graph): Float64Array {
  const draw = sequence(deriveKey([SEED, 1]));
  return new Float64Array(graph.neighbors.length).map(draw);
}

/** A host set up as `gossip run` does it: minimum, ascending, start values 0 to 100 at random. */
export async function benchHost(
  graph: Graph,
  weights: Float64Array | null,
  memory: MemoryKind,
): Promise<Host> {
  const host = createHost();
  await host.configure({
    graph,
    graphWords: [...contentHash(graph)],
    seed: SEED,
    weights,
    memory,
    priorPartnerFactor: 0.5,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'graph',
    tolerance: 0,
  });
  return host;
}

/** The keys that a host draws the choices of these rounds by. */
export function roundKeys(graph: Graph, rounds: number): Key[] {
  const words = [Purpose.choice, ...seedWords(SEED), ...contentHash(graph), REPETITION];
  const key = deriveKey(words);
  return Array.from({ length: rounds }, (_, i) => deriveKey([i + 1], key));
}

/** What one run did; `seconds` are those of its rounds alone. */
export interface Run {
  readonly rounds: number;
  readonly seconds: number;
  readonly exchanges: number;
  readonly useful: number;
}

/** Plays one run, always the same: so many rounds, or to convergence. */
export async function playRun(host: Host, rounds?: number): Promise<Run> {
  let { converged } = await host.reset(REPETITION);
  let exchanges = 0;
  let useful = 0;
  let round = 0;
  const start = performance.now();
  while (rounds === undefined ? !converged : round < rounds) {
    const played = await host.play(++round);
    converged = played.converged;
    exchanges += played.exchanges;
    useful += played.useful;
  }
  return { rounds: round, seconds: (performance.now() - start) / 1000, exchanges, useful };
}

/** Million exchanges a second. */
export function speed(run: { readonly exchanges: number; readonly seconds: number }): number {
  return run.exchanges / run.seconds / 1e6;
}
