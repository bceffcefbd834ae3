import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { GossipError } from '../errors.ts';
import { HostService } from '../gen/gossip/v1/host_pb.ts';

/** The metadata key under which a caller shows the token of its simulation. */
export const TOKEN_KEY = 'gossip-token';

/** Large enough for the graph of a million edges. */
const LARGEST_MESSAGE = 256 * 2 ** 20;

type Methods = typeof HostService.method;
type Unary<M extends DescMethod> = (
  request: MessageInitShape<M['input']>,
  deadline?: number,
) => Promise<MessageShape<M['output']>>;

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
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': LARGEST_MESSAGE,
  });
  const metadata = new Metadata();
  if (token !== '') metadata.set(TOKEN_KEY, token);

  function unary<M extends DescMethod>(method: M): Unary<M> {
    const path = `/${HostService.typeName}/${method.name}`;
    const input: DescMessage = method.input;
    const serialize = (message: MessageShape<DescMessage>) => Buffer.from(toBinary(input, message));
    const deserialize = (bytes: Buffer) => fromBinary(method.output, bytes);
    return (request, patience = deadline) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          path,
          serialize,
          deserialize,
          create(input, request as MessageInitShape<DescMessage>),
          metadata,
          { deadline: Date.now() + patience },
          (error: ServiceError | null, response) => {
            if (error === null) resolve(response as MessageShape<M['output']>);
            else reject(failure(address, method.name, error));
          },
        );
      });
  }

  const { describe, configure, reset, play, stop } = HostService.method;
  return {
    address,
    describe: unary(describe),
    configure: unary(configure),
    reset: unary(reset),
    play: unary(play),
    stop: unary(stop),
    close: () => client.close(),
  };
}

function failure(address: string, call: string, error: ServiceError): GossipError {
  return new GossipError(
    'failed',
    `the host at ${address} did not answer ${call}: ${error.details || error.message}`,
    {
      cause: error,
    },
  );
}
