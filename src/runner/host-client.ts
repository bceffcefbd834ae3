import { HostService } from '../gen/gossip/v1/host_pb.ts';
import { createCaller, type Unary } from './caller.ts';

/** The metadata key under which a caller shows the token of its simulation. */
export const TOKEN_KEY = 'gossip-token';

type Methods = typeof HostService.method;

/** A host of nodes at an address, by gRPC. Calls throw GossipError `failed` with the address and what it said. */
export interface HostClient {
  readonly address: string;
  readonly describe: Unary<Methods['describe']>;
  readonly configure: Unary<Methods['configure']>;
  readonly reset: Unary<Methods['reset']>;
  readonly play: Unary<Methods['play']>;
  readonly stop: Unary<Methods['stop']>;
  /** Ends calls under way and closes the connection. */
  close(): void;
}

/** A client of the host at "host:port", which shows this token. Deadlines are in milliseconds. */
export function createHostClient(address: string, token: string, deadline: number): HostClient {
  const { unary, close } = createCaller(address, HostService, {
    whom: `the host at ${address}`,
    metadata: token === '' ? {} : { [TOKEN_KEY]: token },
    deadline,
  });
  const { describe, configure, reset, play, stop } = HostService.method;
  return {
    address,
    describe: unary(describe),
    configure: unary(configure),
    reset: unary(reset),
    play: unary(play),
    stop: unary(stop),
    close,
  };
}
