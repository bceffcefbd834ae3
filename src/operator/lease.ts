import type { Lease } from '../kubernetes/index.ts';

/** When the version of a Lease that is there now was first seen, by this process's clock, in milliseconds. */
export interface Seen {
  readonly version: string;
  readonly at: number;
}

/** What a candidate does next: take the Lease, or look again after so many milliseconds. */
export type Step = 'take' | number;

/**
 * Whether a Lease may be taken: nobody holds it, this process does, or its holder has not renewed it for the time that
 * it lasts. That is measured from when this process saw the renewal, which is later than when it was made: clocks of
 * two machines are never compared.
 */
export function nextStep(lease: Lease, identity: string, seen: Seen, now: number): Step {
  const { holderIdentity, leaseDurationSeconds = 0 } = lease.spec ?? {};
  if (!holderIdentity || holderIdentity === identity) return 'take';
  const left = seen.at + leaseDurationSeconds * 1000 - now;
  return left <= 0 ? 'take' : left;
}

/** The Lease held by this process as of now; `lease` is the one that is there, or (metadata alone) the first. */
export function heldLease(lease: Lease, identity: string, seconds: number, date: Date): Lease {
  const { spec = {} } = lease;
  const mine = spec.holderIdentity === identity;
  const transitions = spec.leaseTransitions ?? 0;
  return {
    metadata: lease.metadata,
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: seconds,
      acquireTime: mine ? spec.acquireTime : microTime(date),
      renewTime: microTime(date),
      leaseTransitions: mine || lease.spec === undefined ? transitions : transitions + 1,
    },
  };
}

/** The Lease held by nobody: a candidate need not wait. */
export function releasedLease(lease: Lease, date: Date): Lease {
  const { leaseTransitions } = lease.spec ?? {};
  const renewTime = microTime(date);
  return {
    metadata: lease.metadata,
    spec: { holderIdentity: '', leaseDurationSeconds: 1, renewTime, leaseTransitions },
  };
}

/** The API takes these times with six decimals only. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
