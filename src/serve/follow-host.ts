import { setTimeout as sleep } from 'node:timers/promises';
import { GossipError, inputError } from '../errors.ts';
import type { Aggregate, InspectedNode, WatchResponse } from '../gen/gossip/v1/host_pb.ts';
import { createInspector } from '../runner/inspector.ts';

/** What a host holds. */
export interface Held {
  /** 0: no runner has configured it. */
  readonly epoch: bigint;
  /** Of the whole graph. */
  readonly nodeCount: number;
  readonly aggregate: Aggregate;
  /** Empty: no run has been begun. */
  readonly nodes: readonly InspectedNode[];
}

/** What becomes of a host that is followed. */
export interface HostEvents {
  /** What it holds, at once and when that changes. */
  onHeld(held: Held): void;
  /** A round of its nodes, as it is played. */
  onRound(round: WatchResponse): void;
  /** Why it cannot be followed, in words; null: it can again. It is tried again. */
  onProblem(text: string | null): void;
}

/** Where the hosts' token comes from: GOSSIP_TOKEN is that of those who may start simulations. */
const TOKEN_VARIABLE = 'GOSSIP_HOSTS_TOKEN';
/** Larger graphs are not drawn. */
const MOST_NODES = 20_000;
/** How often a host is asked what it holds, and so whether it is still there, in milliseconds. */
const LOOK = 2000;
/** Pauses between attempts, in milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;

/** Follows the host at "host:port" over one connection at a time, until the signal aborts. */
export async function followHost(
  address: string,
  token: string,
  events: HostEvents,
  signal: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE;
  const answered = () => {
    pause = FIRST_PAUSE;
    events.onProblem(null);
  };
  while (!signal.aborted) {
    try {
      await connect(address, token, { ...events, answered }, signal);
    } catch (error) {
      if (!signal.aborted) events.onProblem((error as Error).message);
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
}

/** Follows it until that fails, which it always does in the end. */
async function connect(
  address: string,
  token: string,
  { onHeld, onRound, answered }: HostEvents & { answered: () => void },
  signal: AbortSignal,
): Promise<never> {
  const inspector = createInspector(address, token, TOKEN_VARIABLE);
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  let held: Held | null = null;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const { epoch, nodeCount, aggregate } = await inspector.describe();
    if (nodeCount > MOST_NODES) {
      throw inputError(
        `the host at ${address} holds nodes of a graph of ${nodeCount}: at most ${MOST_NODES} are drawn`,
      );
    }
    answered();
    if (held !== null && held.epoch === epoch && (epoch === 0n || held.nodes.length > 0)) return;
    const inspected = await inspector.inspect();
    // Else it was configured anew just now, and the next look shows it.
    if (inspected.epoch !== epoch || ended.aborted) return;
    held = { epoch, nodeCount, aggregate, nodes: inspected.nodes };
    onHeld(held);
  }

  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function keepLooking(): Promise<never> {
    for (;;) {
      await sleep(LOOK, undefined, { signal: ended });
      await lookOnce();
    }
  }

  async function watch(fail: (error: unknown) => void): Promise<never> {
    for await (const round of inspector.watch(ended)) {
      // Not waited for: rounds that nobody reads would keep back the answer.
      if (round.epoch !== held?.epoch || held.nodes.length === 0) lookOnce().catch(fail);
      onRound(round);
    }
    throw new GossipError('failed', `the host at ${address} has stopped`);
  }

  try {
    await lookOnce();
    return await new Promise<never>((_, reject) => {
      watch(reject).catch(reject);
      keepLooking().catch(reject);
    });
  } finally {
    ending.abort();
    inspector.close();
  }
}
