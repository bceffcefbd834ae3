import { deriveKey, seedWords, sequence } from '../host/random.ts';
import { DEADLINE, type Done, type Transport } from './transport.ts';
import { TransportError } from './transport-error.ts';

/** How often what goes wrong: each rate is the part, 0..1, of the exchanges it befalls; in sum at most 1. */
export interface Faults {
  /** Of the schedule of faults, an integer 0..2^53-1. */
  readonly seed: number;
  /** Sent later, by up to `longestDelay` milliseconds (20 if not given). */
  readonly delay?: number;
  readonly longestDelay?: number;
  /** Never sent. */
  readonly dropRequest?: number;
  /** Applied by the partner, whose answer is lost. */
  readonly dropReply?: number;
  /** Sent a second time, by up to the longest delay later. */
  readonly duplicate?: number;
  /** The connection is lost right after the request is sent, half of the times, or when the answer comes. */
  readonly cut?: number;
}

/** Each fault at this rate, 0..1/5. */
export function allFaults(seed: number, rate: number): Faults {
  return { seed, delay: rate, dropRequest: rate, dropReply: rate, duplicate: rate, cut: rate };
}

/**
 * A transport whose own exchanges fail by a schedule: the n-th one sent is hit by a fault that depends on the seed and n
 * only. What it answers to others goes right.
 */
export function createFaulty(inner: Transport, faults: Faults): Transport {
  const { delay = 0, dropRequest = 0, dropReply = 0, duplicate = 0, cut = 0 } = faults;
  const draw = sequence(deriveKey(seedWords(faults.seed)));
  const timers = new Map<ReturnType<typeof setTimeout>, () => void>();

  /** Runs `action` after so many milliseconds, or `canceled` when the transport is closed before. */
  function later(milliseconds: number, action: () => void, canceled: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, milliseconds);
    timers.set(timer, canceled);
  }

  return {
    ...inner,
    get traffic() {
      return inner.traffic;
    },
    send(peer, request, done, deadline = DEADLINE) {
      let fault = draw();
      const amount = draw();
      const wait = amount * (faults.longestDelay ?? 20);
      const send = (answer: Done) => inner.send(peer, request, answer, deadline);
      const hits = (rate: number) => {
        const hit = fault >= 0 && fault < rate;
        fault -= rate;
        return hit;
      };
      const nothing = () => {};
      const close = () => done(new TransportError('closed', 'this transport was closed', false));
      const lose = () => {
        const error = new TransportError('timeout', `${peer}: no answer within the deadline`, true);
        later(deadline, () => done(error), close);
      };
      if (hits(delay)) later(wait, () => send(done), close);
      else if (hits(dropRequest)) lose();
      else if (hits(dropReply)) {
        send(nothing);
        lose();
      } else if (hits(duplicate)) {
        send(done);
        later(wait, () => send(nothing), nothing);
      } else if (hits(cut)) {
        const error = new TransportError('closed', `${peer}: the connection was cut`, true);
        send((outcome) => {
          if (amount >= 0.5) inner.disconnect(peer);
          done(amount >= 0.5 ? error : outcome);
        });
        if (amount < 0.5) inner.disconnect(peer);
      } else send(done);
    },
    async close(grace) {
      for (const [timer, canceled] of timers) {
        clearTimeout(timer);
        canceled();
      }
      timers.clear();
      await inner.close(grace);
    },
  };
}
