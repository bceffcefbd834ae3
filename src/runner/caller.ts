import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { GossipError } from '../errors.ts';

/** What a stream that a server has ended in peace lacks of an error. */
const ENDED = { code: status.UNAVAILABLE, details: '', metadata: new Metadata() };
/** Large enough for the graph of a million edges. */
const LARGEST_MESSAGE = 256 * 2 ** 20;

/**
 * One call of a service, the request as a message or encoded already; its deadline is in milliseconds. Throws GossipError
 * `failed`, which names whom it called.
 */
export type Unary<M extends DescMethod> = (
  request: MessageInitShape<M['input']> | Uint8Array,
  deadline?: number,
) => Promise<MessageShape<M['output']>>;

/** A stream of a service: requests that are written, and answers as they come. */
export interface Stream<M extends DescMethod> {
  write(request: MessageInitShape<M['input']>): void;
  /** Ends it at once; `onEnd` is not told. */
  cancel(): void;
}

/** What becomes of a stream. */
export interface StreamEvents<M extends DescMethod> {
  onAnswer(answer: MessageShape<M['output']>): void;
  /** It is over, for this reason. */
  onEnd(error: GossipError): void;
}

/** Calls the services of one address by gRPC. */
export interface Caller {
  unary<M extends DescMethod>(method: M): Unary<M>;
  stream<M extends DescMethod>(method: M, events: StreamEvents<M>): Stream<M>;
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

/** A caller of the services at "host:port". */
export function createCaller(address: string, settings: CallerSettings): Caller {
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
  const calls = new Set<{ cancel(): void }>();

  function wayTo<M extends DescMethod>(method: M) {
    const input: DescMessage = method.input;
    return {
      path: `/${method.parent.typeName}/${method.name}`,
      input,
      serialize: (message: MessageShape<DescMessage> | Uint8Array) => {
        const bytes = message instanceof Uint8Array ? message : toBinary(input, message);
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      },
      deserialize: (bytes: Buffer) => fromBinary(method.output, bytes) as MessageShape<M['output']>,
    };
  }

  return {
    unary<M extends DescMethod>(method: M): Unary<M> {
      const { path, input, serialize, deserialize } = wayTo(method);
      return (request, deadline = settings.deadline) =>
        new Promise((resolve, reject) => {
          const call = client.makeUnaryRequest(
            path,
            serialize,
            deserialize,
            request instanceof Uint8Array
              ? request
              : create(input, request as MessageInitShape<DescMessage>),
            metadata,
            { deadline: Date.now() + deadline },
            (error: ServiceError | null, response) => {
              calls.delete(call);
              if (error === null) resolve(response!);
              else reject(failure(settings.whom, method.name, error));
            },
          );
          calls.add(call);
        });
    },
    stream(method, { onAnswer, onEnd }) {
      const { path, input, serialize, deserialize } = wayTo(method);
      const call = client.makeBidiStreamRequest(path, serialize, deserialize, metadata);
      calls.add(call);
      let canceled = false;
      const end = (error: ServiceError) => {
        if (!calls.delete(call) || canceled) return;
        onEnd(failure(settings.whom, method.name, error));
      };
      call.on('data', onAnswer);
      call.on('error', end);
      call.on('end', () => end(Object.assign(new Error('it ended the stream'), ENDED)));
      return {
        write(request) {
          call.write(create(input, request as MessageInitShape<DescMessage>));
        },
        cancel() {
          canceled = true;
          call.cancel();
        },
      };
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
