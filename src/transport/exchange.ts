import type { ExchangeReply, ExchangeRequest, Transport } from './transport.ts';
import { TransportError } from './transport-error.ts';

/** How long an exchange may take, and who may end it before. */
export interface ExchangeOptions {
  /** In milliseconds; the transport's own if not given. */
  readonly deadline?: number;
  /** Ends the wait as `canceled`; the partner may apply its half all the same. */
  readonly signal?: AbortSignal;
}

/**
 * One exchange as a promise of the partner's half.
 *
 * @throws TransportError
 */
export function exchange(
  transport: Transport,
  peer: string,
  request: ExchangeRequest,
  { deadline, signal }: ExchangeOptions = {},
): Promise<ExchangeReply> {
  return new Promise((resolve, reject) => {
    const cancel = () =>
      reject(new TransportError('canceled', `exchange with ${peer} canceled`, false));
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    transport.send(
      peer,
      request,
      (outcome) => {
        signal?.removeEventListener('abort', cancel);
        if (outcome instanceof TransportError) reject(outcome);
        else resolve(outcome);
      },
      deadline,
    );
  });
}
