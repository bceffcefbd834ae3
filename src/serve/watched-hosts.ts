import { GossipError } from '../errors.ts';
import type { Aggregate, WatchResponse } from '../gen/gossip/v1/host_pb.ts';
import type { GraphPicture } from '../gen/gossip/v1/simulation_pb.ts';
import { followHost, type Held } from './follow-host.ts';
import { graphOfHosts, type HostsGraph } from './host-graph.ts';
import { createRoundJoiner, type RoundJoiner, type WholeRound } from './host-rounds.ts';

/** What those who watch are told: at first all that is known, then what changes. */
export type HostsNews =
  | { readonly picture: GraphPicture; readonly aggregate: Aggregate }
  | { readonly round: WholeRound }
  /** All there are now. */
  | { readonly problems: readonly string[] };

/** Hosts that are looked at while somebody watches, however many do: over one connection to each. */
export interface WatchedHosts {
  /** Tells until what it returns is called. */
  watch(tell: (news: HostsNews) => void): () => void;
}

/** How hosts are reached, and their graph drawn. */
export interface WatchedHostsOptions {
  /** "host:port" each. */
  readonly addresses: readonly string[];
  /** What they are shown; empty: nothing. */
  readonly token: string;
  /** Where the nodes lie. */
  readonly draw: (graph: HostsGraph) => Promise<GraphPicture>;
}

/** Rounds of each host that wait until the graph is drawn; a host keeps as many itself. */
const MOST_EARLY = 16;

export function createWatchedHosts(options: WatchedHostsOptions): WatchedHosts {
  const watchers = new Set<(news: HostsNews) => void>();
  let following: ReturnType<typeof followAll> | null = null;
  return {
    watch(tell) {
      watchers.add(tell);
      following ??= followAll(options, (news) => {
        for (const watcher of watchers) watcher(news);
      });
      for (const news of following.known()) tell(news);
      return () => {
        watchers.delete(tell);
        if (watchers.size > 0) return;
        following?.end();
        following = null;
      };
    },
  };
}

/** Follows all hosts until `end` is called. */
function followAll(
  { addresses, token, draw }: WatchedHostsOptions,
  tell: (news: HostsNews) => void,
) {
  const ending = new AbortController();
  const held = new Map<string, Held>();
  const unreachable = new Map<string, string>();
  let problems: readonly string[] = [];
  let simulation = simulationOf(0n);

  function simulationOf(epoch: bigint) {
    return {
      epoch,
      drawn: null as Extract<HostsNews, { picture: unknown }> | null,
      joiner: null as RoundJoiner | null,
      last: null as WholeRound | null,
      /** Why there is no graph, in words. */
      incomplete: null as string | null,
      isDrawing: false,
    };
  }
  let early = new Map<string, WatchResponse[]>();

  /** What a host held that is away does not count: all may have been started anew. */
  function newestEpoch(): bigint {
    const present = [...held].filter(([address]) => !unreachable.has(address));
    return present.reduce((newest, [, { epoch }]) => (epoch > newest ? epoch : newest), 0n);
  }

  function problemOf(address: string): string | null {
    const holds = held.get(address);
    if (unreachable.has(address)) return unreachable.get(address)!;
    if (holds === undefined) return null;
    if (holds.nodes.length === 0) return `the host at ${address} waits for a runner`;
    if (holds.epoch === simulation.epoch) return null;
    return `the host at ${address} holds nodes of another simulation`;
  }

  function tellProblems(): void {
    const reported = addresses.every((address) => held.has(address) || unreachable.has(address));
    const now = addresses.map(problemOf).filter((problem) => problem !== null);
    // What one host lacks, another may still hold that has not said so yet.
    if (reported && simulation.incomplete !== null) now.push(simulation.incomplete);
    if (now.join('\n') === problems.join('\n')) return;
    problems = now;
    tell({ problems });
  }

  function join(round: WatchResponse): void {
    const whole = simulation.joiner?.add(round) ?? null;
    if (whole === null) return;
    simulation.last = whole;
    tell({ round: whole });
  }

  async function drawGraph(): Promise<void> {
    const of = simulation;
    const holders = [...held.values()].filter(({ epoch }) => epoch === of.epoch);
    const { nodeCount = 0, aggregate } = holders[0] ?? {};
    if (of.isDrawing || of.drawn !== null) return;
    if (nodeCount === 0 || holders.every(({ nodes }) => nodes.length === 0)) return;
    try {
      const graph = graphOfHosts(holders, nodeCount);
      of.incomplete = null;
      of.isDrawing = true;
      const picture = await draw(graph);
      if (of !== simulation || ending.signal.aborted) return;
      of.drawn = { picture, aggregate: aggregate! };
      of.joiner = createRoundJoiner(nodeCount);
      tell(of.drawn);
      const waiting = [...early.values()].flat();
      early = new Map();
      for (const round of waiting) if (round.epoch === of.epoch) join(round);
    } catch (error) {
      of.incomplete =
        error instanceof GossipError ? error.message : 'the graph of the hosts cannot be drawn';
    } finally {
      of.isDrawing = false;
    }
    tellProblems();
  }

  for (const address of addresses) {
    void followHost(
      address,
      token,
      {
        onHeld(holds) {
          // After it was away, what it holds may be something else under the same epoch.
          const isBack = (held.get(address)?.nodes.length ?? 0) > 0;
          held.set(address, holds);
          const epoch = newestEpoch();
          if (isBack || epoch !== simulation.epoch) simulation = simulationOf(epoch);
          void drawGraph();
          tellProblems();
        },
        onRound(round) {
          if (round.epoch === simulation.epoch && simulation.joiner !== null) join(round);
          else early.set(address, [...(early.get(address) ?? []), round].slice(-MOST_EARLY));
        },
        onProblem(text) {
          if (text === null) unreachable.delete(address);
          else unreachable.set(address, text);
          tellProblems();
        },
      },
      ending.signal,
    );
  }

  return {
    known(): HostsNews[] {
      const { drawn, last } = simulation;
      return [
        { problems },
        ...(drawn === null ? [] : [drawn]),
        ...(last === null ? [] : [{ round: last }]),
      ];
    },
    end: () => ending.abort(),
  };
}
