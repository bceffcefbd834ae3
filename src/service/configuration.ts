import { inputError } from '../errors.ts';
import type * as proto from '../gen/gossip/v1/host_pb.ts';
import type { Graph } from '../graph/index.ts';
import type { NodeRange, ShardsConfiguration } from '../host/shards.ts';
import { AGGREGATE_CODES, MEMORY_CODES, SCHEDULE_CODES, wordOf } from '../protocol-enums.ts';
import { parseAddress } from '../transport/index.ts';

/** A Configure request that fits together. */
export interface Configured extends ShardsConfiguration {
  readonly epoch: bigint;
  readonly token: string;
  /** How many runs may be in hand at once, from 1. */
  readonly runsAtOnce: number;
  /** What people call the nodes; null: by their index. */
  readonly names: readonly string[] | null;
  /** All hosts, in the order of their nodes; together they hold each node once. */
  readonly peers: readonly (NodeRange & { readonly address: string })[];
}

const MOST_RUNS_AT_ONCE = 64;

/** Checks a request. Throws GossipError `input` naming the field that does not fit. */
export function parseConfiguration(request: proto.ConfigureRequest): Configured {
  const { epoch, seed, weights, priorPartnerFactor } = request;
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  if (epoch < 1n || epoch > limit) throw inputError('epoch must be 1..2^53-1');
  if (seed > limit) throw inputError('seed must be 0..2^53-1');
  if (request.graphWords.length !== 4) throw inputError('graph_words must be four words');
  const graph = parseGraph(request.graph);
  if (weights.length > 0 && weights.length !== graph.neighbors.length) {
    throw inputError(
      `weights has ${weights.length} numbers, but graph.neighbors ${graph.neighbors.length}`,
    );
  }
  if (!weights.every((weight) => weight >= 0 && Number.isFinite(weight))) {
    throw inputError('weights must be finite and not negative');
  }
  if (!(priorPartnerFactor >= 0 && priorPartnerFactor <= 1)) {
    throw inputError('prior_partner_factor must be 0..1');
  }
  if (request.names.length > 0 && request.names.length !== graph.nodeCount) {
    throw inputError(
      `names has ${request.names.length} of them, but the graph ${graph.nodeCount} nodes`,
    );
  }
  if (request.runsAtOnce > MOST_RUNS_AT_ONCE) {
    throw inputError(`runs_at_once must be 0..${MOST_RUNS_AT_ONCE}`);
  }
  const memory = known(MEMORY_CODES, request.memory, 'memory');
  const schedule = known(SCHEDULE_CODES, request.schedule, 'schedule');
  const aggregate = known(AGGREGATE_CODES, request.aggregate, 'aggregate');
  if (schedule === 'synchronous' && aggregate === 'mean' && memory !== 'none') {
    throw inputError(
      'memory: a synchronous mean is played without it, since it takes how many contacts the other has in the round',
    );
  }
  const ranges = request.nodes.map((range) => parseRange(range, 'nodes', graph.nodeCount));
  const peers = request.peers.map(({ nodes, address }) => {
    parseAddress(address);
    return { ...parseRange(nodes, 'peers.nodes', graph.nodeCount), address };
  });
  refuseGaps(peers, graph.nodeCount);
  for (const { first, end } of ranges) {
    if (!peers.some((peer) => peer.first === first && peer.end === end)) {
      throw inputError(`nodes ${first}..${end - 1} are not those of a peer`);
    }
    if (ranges.filter((range) => range.first === first).length > 1) {
      throw inputError(`nodes: ${first}..${end - 1} stands twice`);
    }
  }
  return {
    epoch,
    token: request.token,
    runsAtOnce: Math.max(1, request.runsAtOnce),
    graph,
    graphWords: request.graphWords,
    seed: Number(seed),
    weights: weights.length === 0 ? null : Float64Array.from(weights),
    memory,
    priorPartnerFactor,
    aggregate,
    schedule,
    names: request.names.length === 0 ? null : request.names,
    ranges,
    peers,
  };
}

function known<Word extends string>(
  codes: Readonly<Record<Word, number>>,
  code: number,
  field: string,
): Word {
  const word = wordOf(codes, code);
  if (word === undefined) throw inputError(`${field} is not given`);
  return word;
}

function parseGraph(graph: proto.Graph | undefined): Graph {
  const { degrees, neighbors } = graph ?? { degrees: [], neighbors: [] };
  const nodeCount = degrees.length;
  if (nodeCount === 0) throw inputError('graph has no nodes');
  if (degrees.reduce((sum, degree) => sum + degree, 0) !== neighbors.length) {
    throw inputError('the sum of graph.degrees is not the length of graph.neighbors');
  }
  const offsets = new Uint32Array(nodeCount + 1);
  for (let node = 0; node < nodeCount; node++) offsets[node + 1] = offsets[node] + degrees[node];
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      const isAscending = slot === offsets[node] || neighbors[slot] > neighbors[slot - 1];
      if (neighbors[slot] >= nodeCount || neighbors[slot] === node || !isAscending) {
        throw inputError(`graph.neighbors of node ${node} are not other nodes, ascending`);
      }
    }
  }
  // Rows are ascending, and so are the nodes that lead to an entry of a row: they come in its order.
  const next = offsets.slice();
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      const back = next[neighbors[slot]]++;
      if (back >= offsets[neighbors[slot] + 1] || neighbors[back] !== node) {
        throw inputError(
          `graph.neighbors: the edge between nodes ${node} and ${neighbors[slot]}, or one of the latter's before it, stands at one end only`,
        );
      }
    }
  }
  return {
    nodeCount,
    edgeCount: neighbors.length / 2,
    offsets,
    neighbors: Uint32Array.from(neighbors),
    numbers: null,
    labels: null,
  };
}

function parseRange(
  range: proto.NodeRange | undefined,
  field: string,
  nodeCount: number,
): NodeRange {
  const { first, end } = range ?? { first: 0, end: 0 };
  if (first < end && end <= nodeCount) return { first, end };
  throw inputError(`${field}: ${first}..${end} is no range of the graph's ${nodeCount} nodes`);
}

function refuseGaps(peers: readonly NodeRange[], nodeCount: number): void {
  const ordered = [...peers].sort((a, b) => a.first - b.first);
  let next = 0;
  for (const { first, end } of ordered) {
    if (first > next) throw inputError(`peers: nobody holds node ${next}`);
    if (first < next) throw inputError(`peers: two hosts hold node ${first}`);
    next = end;
  }
  if (next < nodeCount) throw inputError(`peers: nobody holds node ${next}`);
}
