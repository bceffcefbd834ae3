import { exchange } from './exchange.ts';
import type { ExchangeRequest, Outcome, Transport } from './transport.ts';
import { TransportError } from './transport-error.ts';

/** For tests: a request, of which what matters is given. */
export function request(given: Partial<ExchangeRequest> = {}): ExchangeRequest {
  const rest = {
    epoch: 1,
    lane: 0,
    repetition: 1,
    round: 1,
    turn: 0,
    initiator: 0,
    partner: 1,
    value: 0,
    pickOnly: false,
  };
  return { ...rest, ...given };
}

/** For tests: how an exchange ends, its error not thrown. */
export function outcome(
  transport: Transport,
  peer: string,
  given: Partial<ExchangeRequest> = {},
  deadline?: number,
): Promise<Outcome> {
  return exchange(transport, peer, request(given), { deadline }).catch((error) => {
    if (error instanceof TransportError) return error;
    throw error;
  });
}

/** For tests: how an exchange ends, in short: the partner's value, or the reason, with `!` where a retry is no use. */
export async function ending(...args: Parameters<typeof outcome>): Promise<number | string> {
  const end = await outcome(...args);
  if (!(end instanceof TransportError)) return end.value;
  return `${end.reason}${end.refusal ? ` ${end.refusal}` : ''}${end.retryable ? '' : '!'}`;
}
