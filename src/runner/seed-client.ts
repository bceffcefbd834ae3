import { Gossip } from '../gen/gossip/gossip_pb.ts';
import { createCaller, type Unary } from './caller.ts';

type Methods = typeof Gossip.method;

/** A node that speaks gossip.Gossip. Calls throw GossipError `failed` that names node and address. */
export interface SeedClient {
  readonly name: string;
  readonly number: number;
  readonly reset: Unary<Methods['reset']>;
  readonly gossip: Unary<Methods['gossip']>;
  readonly history: Unary<Methods['history']>;
  readonly currentValue: Unary<Methods['currentValue']>;
  readonly stopApplication: Unary<Methods['stopApplication']>;
  /** Ends calls under way and closes the connection. */
  close(): void;
}

/** A client of a node at "host:port"; each call may take so many milliseconds. */
export function createSeedClient(
  { name, number }: { name: string; number: number },
  address: string,
  deadline: number,
): SeedClient {
  const whom = `node ${number} (${name} at ${address})`;
  const { unary, close } = createCaller(address, { whom, deadline });
  const { reset, gossip, history, currentValue, stopApplication } = Gossip.method;
  return {
    name,
    number,
    reset: unary(reset),
    gossip: unary(gossip),
    history: unary(history),
    currentValue: unary(currentValue),
    stopApplication: unary(stopApplication),
    close,
  };
}
