import type { RunPlace } from '../gen/gossip/v1/simulation_pb.ts';
import type { Aggregate } from '../host/aggregate.ts';
import type { Replay } from './replay.ts';

/** One run, opened to be looked at: what runHandlers answer from. It stays the same while it is open. */
export interface OpenedRun {
  /** What people call the nodes, in their order, as GetGraph has them. */
  readonly names: readonly string[];
  readonly aggregate: Aggregate;
  /** Of its spec: for mean, the share of max - min at the start within which values agree; else not used. */
  readonly tolerance: number;
  /** The last round; null where it is not known: it is found by reading the history. */
  readonly lastRound: number | null;
  /**
   * The values of all nodes: those of the start, then those after each round to the last. Each array is valid until the
   * next is asked for. May be called several times, also at once; a caller who has enough leaves the loop. What takes
   * long lets others run in between and throws the signal's reason once it aborts.
   */
  history(signal: AbortSignal): AsyncIterable<Float64Array> | Iterable<Float64Array>;
  /** The run played again; or why it cannot be, in words for people. */
  readonly replay: Replay | { readonly problem: string };
}

/**
 * Finds a run: place.execution and place.run are 1 or more. What it gives is kept for some while and serves several
 * callers, so it takes no signal.
 *
 * @throws ConnectError NotFound where there is no such run, GossipError `input` where it cannot be read
 */
export type OpenRun = (place: RunPlace) => Promise<OpenedRun>;

/** An opened run that is nothing but played again: all that is wanted is what people call its nodes. */
export function openReplay(
  replay: Replay,
  names: readonly string[],
  lastRound: number | null,
): OpenedRun {
  const { aggregate, tolerance } = replay.configuration;
  return { names, aggregate, tolerance, lastRound, history: replay.history, replay };
}
