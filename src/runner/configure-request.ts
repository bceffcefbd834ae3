import * as proto from '../gen/gossip/v1/host_pb.ts';
import type { HostConfiguration } from '../host/host.ts';

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
    memory: { none: proto.Memory.NONE, plain: proto.Memory.PLAIN, complex: proto.Memory.COMPLEX }[
      memory
    ],
    priorPartnerFactor,
    aggregate: {
      minimum: proto.Aggregate.MINIMUM,
      maximum: proto.Aggregate.MAXIMUM,
      mean: proto.Aggregate.MEAN,
    }[aggregate],
    schedule: {
      ascending: proto.Schedule.ASCENDING,
      shuffled: proto.Schedule.SHUFFLED,
      random: proto.Schedule.RANDOM,
      synchronous: proto.Schedule.SYNCHRONOUS,
    }[schedule],
  };
}
