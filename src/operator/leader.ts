import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, LEASE, type Lease } from '../kubernetes/index.ts';
import { heldLease, nextStep, releasedLease, type Seen } from './lease.ts';

/** How long what lasts, in milliseconds. */
export interface CampaignTiming {
  /** How long a Lease is its holder's after a renewal; whole seconds. */
  readonly duration: number;
  /** How long after the last renewal its holder stops to lead; less than `duration`, by what `lead` needs to end. */
  readonly giveUp: number;
  /** Between renewals. */
  readonly renew: number;
  /** Between a candidate's looks, and after a renewal that failed. */
  readonly poll: number;
}

export interface CampaignOptions {
  readonly cluster: Cluster;
  /** Of the Lease. */
  readonly namespace: string;
  readonly name: string;
  /** Unlike any other's, also of an earlier process of the same pod. */
  readonly identity: string;
  /** Told in words: who leads, and what goes wrong. */
  readonly notice?: (text: string) => void;
  /** Ends the campaign; a leader then hands over. */
  readonly signal: AbortSignal;
  readonly timing?: Partial<CampaignTiming>;
}

const TIMING: CampaignTiming = { duration: 15_000, giveUp: 10_000, renew: 3000, poll: 1500 };

/** A Lease that this process holds, and when (by its own clock) the writing of that began. */
interface Held {
  readonly lease: Lease;
  readonly since: number;
}

/**
 * Calls `lead` whenever this process has become the leader, with a signal that aborts when it no longer is; there are
 * never two at a time. `lead` is to end soon after its signal aborts (`duration` - `giveUp` at most, where the Lease is
 * lost); only then is the Lease released. Resolves when the campaign's signal has aborted and all is settled, or `lead`
 * ended before its signal; rejects with what `lead` threw before its signal.
 */
export async function campaign(
  options: CampaignOptions,
  lead: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { cluster, namespace, name, identity, notice = () => {}, signal } = options;
  const { duration, giveUp, renew, poll } = { ...TIMING, ...options.timing };
  const key = { namespace, name };
  const seconds = Math.ceil(duration / 1000);

  /** Waits for its turn; null where the campaign has ended. */
  async function acquire(): Promise<Held | null> {
    let seen: Seen = { version: '', at: 0 };
    let failing = false;
    while (!signal.aborted) {
      let wait = poll;
      try {
        const once = { signal, patience: 0, deadline: giveUp };
        const found = await cluster.get(LEASE, key, once);
        const version = found?.metadata?.resourceVersion ?? '';
        if (version !== seen.version) seen = { version, at: performance.now() };
        const step = found === null ? 'take' : nextStep(found, identity, seen, performance.now());
        failing = false;
        if (step === 'take') {
          const since = performance.now();
          const wanted = heldLease(found ?? { metadata: key }, identity, seconds, new Date());
          const write = found === null ? cluster.create : cluster.update;
          const lease = await write(LEASE, wanted, once);
          if (lease !== null) return { lease, since };
        } else wait = Math.min(step, poll);
      } catch (error) {
        if (signal.aborted) break;
        if (!failing) notice(`cannot become the leader: ${(error as Error).message}`);
        failing = true;
      }
      await sleep(wait, undefined, { signal }).catch(() => {});
    }
    return null;
  }

  /** Renews until `over`; gives the last state of the Lease, or null where it is lost. */
  async function keep({ lease, since }: Held, over: AbortSignal): Promise<Lease | null> {
    const left = () => Math.max(0, since + giveUp - performance.now());
    for (let wait = renew; ; ) {
      await sleep(Math.min(wait, left()), undefined, { signal: over }).catch(() => {});
      if (over.aborted) return lease;
      if (left() === 0) return null;
      try {
        const begin = performance.now();
        const wanted = heldLease(lease, identity, seconds, new Date());
        const renewed = await cluster.update(LEASE, wanted, { patience: 0, deadline: left() });
        if (renewed !== null) {
          lease = renewed;
          since = begin;
          wait = renew;
          continue;
        }
        // Another version is there: of an attempt of ours whose answer was lost, or another's.
        const found = await cluster.get(LEASE, key, { patience: 0, deadline: left() });
        if (found?.spec?.holderIdentity !== identity) return null;
        lease = found;
        wait = 0;
      } catch (error) {
        notice(`cannot renew the lease: ${(error as Error).message}`);
        wait = poll;
      }
    }
  }

  async function release(lease: Lease): Promise<void> {
    try {
      const wanted = releasedLease(lease, new Date());
      await cluster.update(LEASE, wanted, { patience: 0, deadline: poll });
    } catch (error) {
      notice(`the lease is not released, and runs out: ${(error as Error).message}`);
    }
  }

  async function hold(held: Held): Promise<boolean> {
    const leading = new AbortController();
    const over = new AbortController();
    const stop = () => leading.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    notice(`leads, as ${identity}`);
    const kept = keep(held, over.signal).then((lease) => {
      if (lease === null) {
        notice('no longer leads');
        leading.abort(new Error('no longer the leader'));
      }
      return lease;
    });
    try {
      await lead(leading.signal);
    } catch (error) {
      if (!leading.signal.aborted) throw error;
    } finally {
      over.abort();
      signal.removeEventListener('abort', stop);
      const lease = await kept;
      if (lease !== null) await release(lease);
    }
    return !leading.signal.aborted;
  }

  for (;;) {
    const held = await acquire();
    if (held === null || (await hold(held))) return;
  }
}
