import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { GossipError } from '../errors.ts';
import { atMostOneASecond, type Log } from '../service/log.ts';

/** What calls there were since the server began. */
export interface CallFigures {
  /** How often each method ended with each code, such as "ListRuns ok"; a stream when it has ended. */
  readonly ended: ReadonlyMap<string, number>;
  /** Streams that somebody reads now. */
  readonly streams: number;
}

/** Looks after calls: counts them, and says in the protocol's words what went wrong. */
export interface Calls extends CallFigures {
  readonly interceptor: Interceptor;
}

/** @param log told what is the server's fault */
export function createCalls(log: Log): Calls {
  const ended = new Map<string, number>();
  const logged = atMostOneASecond(log);
  let streams = 0;

  function count(method: string, code: string): void {
    const key = `${method} ${code}`;
    ended.set(key, (ended.get(key) ?? 0) + 1);
  }

  function failed(method: string, error: unknown, signal: AbortSignal): ConnectError {
    const told = toldOf(error, signal);
    count(method, Code[told.code].replace(/\B[A-Z]/g, '_$&').toLowerCase());
    if (told.code === Code.Internal) {
      logged('a call failed', { method, problem: `${(error as Error).stack ?? error}` });
    }
    return told;
  }

  async function* followed<T>(method: string, messages: AsyncIterable<T>, signal: AbortSignal) {
    streams++;
    try {
      yield* messages;
      count(method, 'ok');
    } catch (error) {
      throw failed(method, error, signal);
    } finally {
      streams--;
    }
  }

  return {
    ended,
    get streams() {
      return streams;
    },
    interceptor: (next) => async (request) => {
      const { method, signal } = request;
      try {
        const response = await next(request);
        if (response.stream) {
          return { ...response, message: followed(method.name, response.message, signal) };
        }
        count(method.name, 'ok');
        return response;
      } catch (error) {
        throw failed(method.name, error, signal);
      }
    },
  };
}

/** What a caller is told: what the caller did wrong in full, and nothing of the server's inside. */
function toldOf(error: unknown, signal: AbortSignal): ConnectError {
  if (error instanceof ConnectError) return error;
  if (error instanceof GossipError && error.code === 'input') {
    return new ConnectError(error.message, Code.InvalidArgument);
  }
  if (signal.aborted) return ConnectError.from(signal.reason, Code.Canceled);
  return new ConnectError('this server failed; its log says why', Code.Internal);
}
