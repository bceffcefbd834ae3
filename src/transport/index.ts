export { type Address, formatAddress, parseAddress } from './address.ts';
export { createDirect, type DirectNetwork } from './direct.ts';
export { type ExchangeOptions, exchange } from './exchange.ts';
export { allFaults, createFaulty, type Faults } from './faulty.ts';
export { LIMITS, type Limits } from './incoming.ts';
export { createLedger, type Ledger } from './ledger.ts';
export { createReliable, type Reliability } from './reliable.ts';
export { createTcp, type TcpSettings, type TcpTransport } from './tcp.ts';
export { isToken } from './token.ts';
export type {
  Done,
  ExchangeReply,
  ExchangeRequest,
  Handler,
  Outcome,
  Traffic,
  Transport,
} from './transport.ts';
export {
  type RefusalReason,
  refused,
  TransportError,
  type TransportReason,
} from './transport-error.ts';
