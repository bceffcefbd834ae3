import type {
  DescMessage,
  DescMethod,
  DescService,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  Client,
  type ClientUnaryCall,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { GossipError } from '../errors.ts';

/** Large enough for the graph of a million edges. */
const LARGEST_MESSAGE = 256 * 2 ** 20;

/** One call of a service; its deadline is in milliseconds. Throws GossipError `failed`, which names whom it called. */
export type Unary<M extends DescMethod> = (
  request: MessageInitShape<M['input']>,
  deadline?: number,
) => Promise<MessageShape<M['output']>>;

/** Calls one address by gRPC. */
export interface Caller {
  unary<M extends DescMethod>(method: M): Unary<M>;
  /** Ends calls under way and closes the connection. */
  close(): void;
}

/** How a service is called. */
export interface CallerSettings {
  /** Whom this calls, for messages: "the host at 10.0.0.7:50051". */
  readonly whom: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** For calls that give none, in milliseconds. */
  readonly deadline: number;
}

/** A caller of a service at "host:port". */
export function createCaller(
  address: string,
  service: DescService,
  settings: CallerSettings,
): Caller {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': LARGEST_MESSAGE,
    // Hosts are near; a proxy that the environment names is for what is far.
    'grpc.enable_http_proxy': 0,
    // Else a new caller would wait as long as an old one that was refused.
    'grpc.use_local_subchannel_pool': 1,
  });
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(settings.metadata ?? {})) metadata.set(key, value);
  const calls = new Set<ClientUnaryCall>();

  return {
    unary<M extends DescMethod>(method: M): Unary<M> {
      const path = `/${service.typeName}/${method.name}`;
      const input: DescMessage = method.input;
      const serialize = (message: MessageShape<DescMessage>) =>
        Buffer.from(toBinary(input, message));
      const deserialize = (bytes: Buffer) => fromBinary(method.output, bytes);
      return (request, deadline = settings.deadline) =>
        new Promise((resolve, reject) => {
          const call = client.makeUnaryRequest(
            path,
            serialize,
            deserialize,
            create(input, request as MessageInitShape<DescMessage>),
            metadata,
            { deadline: Date.now() + deadline },
            (error: ServiceError | null, response) => {
              calls.delete(call);
              if (error === null) resolve(response as MessageShape<M['output']>);
              else reject(failure(settings.whom, method.name, error));
            },
          );
          calls.add(call);
        });
    },
    close() {
      for (const call of calls) call.cancel();
      client.close();
    },
  };
}

function failure(whom: string, call: string, error: ServiceError): GossipError {
  const said = decoded(error.details || error.message);
  return new GossipError('failed', `${whom} did not answer ${call}: ${said}`, { cause: error });
}

/** Servers may escape more of a message than the client takes back. */
function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
