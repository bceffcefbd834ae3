import type { Traffic, Transport } from './transport.ts';
import { TransportError } from './transport-error.ts';

/** How often an exchange is tried, and how soon again. */
export interface Reliability {
  /** How often it is sent in all; by default 8. */
  readonly attempts?: number;
  /** The pause before the second attempt, in milliseconds, twice as long before each further one; by default 10. */
  readonly pause?: number;
  /** The longest pause, in milliseconds; by default 1000. */
  readonly longestPause?: number;
}

/**
 * A transport that sends an exchange again where its failure is retryable. With a ledger at the partner (`ledger.ts`) it
 * is applied once however often it is sent, and its reply is the one there is. The deadline is that of an attempt.
 */
export function createReliable(inner: Transport, reliability: Reliability = {}): Transport {
  const { attempts = 8, pause = 10, longestPause = 1000 } = reliability;
  const waiting = new Map<ReturnType<typeof setTimeout>, (error: TransportError) => void>();
  let retries = 0;
  let closed = false;

  return {
    ...inner,
    get traffic(): Traffic {
      return { ...inner.traffic, retries: inner.traffic.retries + retries };
    },
    send(peer, request, done, deadline) {
      let attempt = 1;
      const attemptIt = () =>
        inner.send(
          peer,
          request,
          (outcome) => {
            if (!(outcome instanceof TransportError) || !outcome.retryable || closed) done(outcome);
            else if (attempt >= attempts) done(lastError(outcome, attempts));
            else again();
          },
          deadline,
        );
      const again = () => {
        const timer = setTimeout(
          () => {
            waiting.delete(timer);
            attempt++;
            retries++;
            attemptIt();
          },
          Math.min(longestPause, pause * 2 ** (attempt - 1)),
        );
        waiting.set(timer, done);
      };
      attemptIt();
    },
    async close(grace) {
      closed = true;
      const error = new TransportError('closed', 'this transport was closed', false);
      for (const [timer, done] of waiting) {
        clearTimeout(timer);
        done(error);
      }
      waiting.clear();
      await inner.close(grace);
    },
  };
}

function lastError({ reason, message, refusal }: TransportError, attempts: number): TransportError {
  return new TransportError(reason, `${message} (tried ${attempts} times)`, false, refusal);
}
