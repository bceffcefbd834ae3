import type { HostConfiguration } from '../host/host.ts';
import { AGGREGATE_CODES, MEMORY_CODES, SCHEDULE_CODES } from '../protocol-enums.ts';

/** What all hosts are told of a simulation; which nodes each holds, and where the others are, is added to it. */
export function configureRequest(configuration: HostConfiguration, epoch: number, token: string) {
  const { graph, graphWords, seed, weights, memory, priorPartnerFactor, aggregate, schedule } =
    configuration;
  const degrees = Array.from(
    { length: graph.nodeCount },
    (_, node) => graph.offsets[node + 1] - graph.offsets[node],
  );
  return {
    epoch: BigInt(epoch),
    token,
    graph: { degrees, neighbors: Array.from(graph.neighbors) },
    graphWords: [...graphWords],
    names: graph.numbers === null ? [] : Array.from(graph.numbers, String),
    seed: BigInt(seed),
    weights: weights === null ? [] : Array.from(weights),
    memory: MEMORY_CODES[memory],
    priorPartnerFactor,
    aggregate: AGGREGATE_CODES[aggregate],
    schedule: SCHEDULE_CODES[schedule],
  };
}
