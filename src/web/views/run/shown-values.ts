import type { HistoryDecoder } from '../../../replay/history-decoder.ts';
import { applyExchanges, type Exchanges } from './exchanges.ts';
import type { Position } from './run-params.ts';

/**
 * What the nodes hold at a moment, by node, written into `out`. Within a round it takes that round's exchanges; without
 * them it is what they held before it. Exchanges that happen at once show their values when all of them have happened.
 */
export function valuesAt(
  decoder: HistoryDecoder,
  { round, exchange }: Position,
  exchanges: Exchanges | undefined,
  atOnce: boolean,
  out: Float64Array,
): void {
  const codes = decoder.codes(exchange === null ? round : round - 1);
  for (let node = 0; node < out.length; node++) out[node] = decoder.valueOf(codes[node]);
  if (exchange === null || exchanges === undefined || atOnce) return;
  applyExchanges(out, exchanges, Math.min(exchange, exchanges.initiators.length));
}

/** What one node held after each round; null where that round was left out. */
export function valuesOfNode(decoder: HistoryDecoder, node: number): (number | null)[] {
  const last = decoder.rounds.at(-1)?.round ?? -1;
  const values = new Array<number | null>(last + 1).fill(null);
  for (const { round } of decoder.rounds)
    values[round] = decoder.valueOf(decoder.codes(round)[node]);
  return values;
}
