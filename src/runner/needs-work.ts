import {
  BETWEENNESS_NODE_SLOT,
  CACHED_SLOTS,
  CALL,
  CONFIGURE,
  EXCHANGE,
  FRAME,
  HISTORY,
  MEASURE_SLOT,
  MESSAGE,
  PLAN_NODE,
  PUT,
  READ_SLOT,
  ROUND_NODE,
  RUN,
  WEIGH_SLOT,
} from './costs.ts';
import type { GraphSizes, SimulationSizes } from './needs-sizes.ts';

/** How many exchanges a run plays beyond its end, as a share: hosts are asked for several rounds at a time. */
const PLAYED_AHEAD = 1.15;
/** How often hosts are called in a run. */
const CALLS_A_RUN = 2;
/** Films have no more frames; runs under 10 rounds have 5 a round. */
const MOST_FRAMES = 100;
const SHORT_RUN = 10;
const FRAMES_A_ROUND = 5;

/** Seconds that reading a graph takes. */
export function readSeconds({ nodes, edges }: GraphSizes): number {
  return (nodes + 2 * edges) * READ_SLOT;
}

/** Seconds that measuring a graph takes, and weighing its neighbors for each execution. */
export function measureSeconds(
  { measures, executions }: SimulationSizes,
  { nodes, edges }: GraphSizes,
  threads: number,
): number {
  const slots = nodes + 2 * edges;
  const wants = (...names: string[]) => measures.some((measure) => names.includes(measure));
  let seconds = executions * slots * WEIGH_SLOT;
  if (wants('community', 'sameCommunity', 'communityProbability'))
    seconds += slots * MEASURE_SLOT.communities;
  if (wants('eigenvector')) seconds += slots * MEASURE_SLOT.eigenvector;
  if (wants('hubScore')) seconds += slots * MEASURE_SLOT.hubScore;
  if (wants('betweenness')) seconds += (nodes * slots * BETWEENNESS_NODE_SLOT) / threads;
  return seconds;
}

/** Seconds of one thread that a run in memory takes. */
export function runInMemory(sizes: SimulationSizes, graph: GraphSizes, rounds: number): number {
  const { nodes, edges } = graph;
  const picks =
    sizes.memory !== 'none' ? 'memory' : sizes.measures.length > 0 ? 'weighted' : 'uniform';
  const [small, large] = EXCHANGE[picks];
  const share = Math.min(1, (2 * edges) / CACHED_SLOTS);
  return (
    RUN + rounds * nodes * (small + share * (large - small)) + historySeconds(sizes, nodes, rounds)
  );
}

/** Seconds of computing: of the runner, which has one thread, and of all hosts together. */
export interface Work {
  readonly runner: number;
  readonly hosts: number;
}

/** How a graph is shared out among processes, or pods. */
export interface HostSizes {
  readonly processes: number;
  readonly nodesPerHost: number;
  readonly runsAtOnce: number;
}

/** Seconds that configuring all hosts takes, of the runner's core and of all others. */
export function configureSeconds(
  graph: GraphSizes,
  sizes: SimulationSizes,
  hosts: HostSizes,
): Work {
  const { nodes, edges } = graph;
  const { processes, nodesPerHost } = hosts;
  const weights = sizes.measures.length > 0 ? 2 * edges : 0;
  const numbers = nodes + 2 * edges + weights;
  const one = CONFIGURE.call + numbers * CONFIGURE.number + (nodes / nodesPerHost) * CONFIGURE.peer;
  return { runner: processes * one, hosts: processes * one };
}

/** Seconds of computing that a run on hosts takes. */
export function runOnHosts(
  sizes: SimulationSizes,
  graph: GraphSizes,
  rounds: number,
  { processes, nodesPerHost, runsAtOnce }: HostSizes,
): Work {
  const { nodes, edges } = graph;
  const played = rounds * PLAYED_AHEAD;
  const calls = processes * CALLS_A_RUN;
  const inHand = Math.max(1, (nodes / processes) * runsAtOnce);
  const message = MESSAGE.among + (MESSAGE.alone - MESSAGE.among) / inHand;
  const between = nodes * (1 - Math.min(nodesPerHost, nodes) / nodes);
  // With a memory all hosts of a node's neighbors are told whom it picked.
  const told =
    sizes.memory === 'none' ? 1 : 1 + Math.min((2 * edges) / nodes, nodes / nodesPerHost);
  return {
    runner:
      calls * CALL.runner +
      processes * nodes * CALL.value +
      rounds * nodes * ROUND_NODE +
      historySeconds(sizes, nodes, rounds),
    hosts:
      calls * CALL.host +
      processes * nodes * (CALL.value + played * PLAN_NODE) +
      played * between * told * message,
  };
}

/** How long that takes on so many cores. */
export function wallSeconds({ runner, hosts }: Work, cores: number): number {
  return Math.max(runner, (runner + hosts) / cores);
}

/** Seconds that writing a run takes, pictures included. */
export function storeSeconds(
  sizes: SimulationSizes,
  graph: GraphSizes,
  rounds: number,
  where: keyof typeof PUT,
): number {
  const objects = 2 + (sizes.history === 'none' ? 0 : 1);
  if (rounds > graph.picturedRounds) return objects * PUT[where];
  const frames = rounds < SHORT_RUN ? rounds * FRAMES_A_ROUND : Math.min(rounds, MOST_FRAMES);
  const film = graph.isDrawn ? frames * (FRAME.each + graph.nodes * FRAME.node) : 0;
  return (objects + rounds) * PUT[where] + film;
}

function historySeconds({ history }: SimulationSizes, nodes: number, rounds: number): number {
  return nodes * rounds * HISTORY[history];
}
