import type { GetExchangesResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { formatNumber } from '../../charts/axis.ts';

/** The exchanges of a round, in their order. */
export type Exchanges = Omit<GetExchangesResponse, '$typeName'>;

/** An exchange, with what its two nodes held. */
export interface Exchange {
  readonly initiator: number;
  readonly partner: number;
  readonly before: readonly [initiator: number, partner: number];
  readonly after: readonly [initiator: number, partner: number];
}

/** The exchange of that index, from 0. */
export function exchangeAt(exchanges: Exchanges, index: number): Exchange {
  return {
    initiator: exchanges.initiators[index],
    partner: exchanges.partners[index],
    before: [exchanges.initiatorsBefore[index], exchanges.partnersBefore[index]],
    after: [exchanges.initiatorsAfter[index], exchanges.partnersAfter[index]],
  };
}

/** Changes the values by node to what they are after the first so many exchanges; exchanges at once change them together. */
export function applyExchanges(values: Float64Array, exchanges: Exchanges, count: number): void {
  for (let index = 0; index < count; index++) {
    values[exchanges.initiators[index]] = exchanges.initiatorsAfter[index];
    values[exchanges.partners[index]] = exchanges.partnersAfter[index];
  }
}

/** An exchange in words: "12 asked 33: 7 and 2 → 2"; `atOnce`: all of a round happen together. */
export function exchangeText(
  { initiator, partner, before, after }: Exchange,
  names: readonly string[],
  atOnce: boolean,
): string {
  const [mine, theirs] = after.map(formatNumber);
  const held = before.map(formatNumber).join(' and ');
  const result = mine === theirs ? mine : `${mine} and ${theirs}`;
  const when = atOnce ? ' when the round is over' : '';
  return `${names[initiator]} asked ${names[partner]}: ${held} → ${result}${when}`;
}
