import type { IncomingMessage } from 'node:http';
import { GossipError } from '../errors.ts';
import { retry } from '../retry.ts';
import type { RequestCount, RequestOptions } from './cluster.ts';
import type { Connection } from './connection.ts';
import { createDeadline, type Deadline, linesOf, textOf } from './http.ts';
import {
  type ApiStatus,
  type Attempted,
  failure,
  KubernetesError,
  notKubernetes,
  refusal,
} from './kubernetes-error.ts';
import type { Question } from './question.ts';

/** How long one attempt may take, in milliseconds. */
const DEADLINE = 30_000;
const FIRST_PAUSE = 100;
/** Also of those that the server asks for. */
const LONGEST_PAUSE = 10_000;
/** How long a stream may outlast the time that the server was asked for, in milliseconds. */
const GRACE = 10_000;

/** Requests with deadlines and repeats, counted, whose failures are KubernetesErrors. */
export interface Asker {
  readonly requests: readonly RequestCount[];
  /** The answer, which is an object of JSON. */
  ask(question: Question, options?: RequestOptions): Promise<object>;
  /** The objects of a stream that lasts so many seconds; one attempt. */
  stream(question: Question, seconds: number, signal?: AbortSignal): AsyncGenerator<object>;
}

/** `patience`: how long after a first failure another attempt is made where a question does not say, in milliseconds. */
export function createAsker(connection: Connection, patience: number): Asker {
  const { server } = connection;
  const counts = new Map<string, RequestCount>();
  const requests: RequestCount[] = [];

  function count({ attempted: { verb }, counted: kind }: Question, status: number): void {
    const key = `${verb} ${kind} ${status}`;
    let entry = counts.get(key);
    if (entry === undefined) {
      entry = { verb, kind, status, count: 0 };
      counts.set(key, entry);
      requests.push(entry);
    }
    entry.count++;
  }

  /** One attempt: reads what was answered, where that is success. */
  async function attempt<T>(
    question: Question,
    deadline: Deadline,
    read: (response: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    let status = 0;
    try {
      const response = await connection.send(question, deadline.signal);
      status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return await read(response);
      const text = await textOf(response);
      const said: ApiStatus = parsed(text) ?? { message: text };
      throw refusal(about(question), status, said, response.headers['retry-after']);
    } catch (error) {
      if (error instanceof GossipError) throw error;
      status = 0;
      throw failure(about(question), error);
    } finally {
      count(question, status);
    }
  }

  const about = ({ attempted }: Question): Attempted => ({ ...attempted, server });

  function object(text: string, question: Question): object {
    const value = parsed(text);
    if (value === null) throw notKubernetes(about(question));
    return value;
  }

  return {
    requests,
    ask(question, options = {}) {
      const { signal } = options;
      const once = async () => {
        const deadline = createDeadline(options.deadline ?? DEADLINE, signal);
        try {
          return await attempt(question, deadline, async (response) =>
            object(await textOf(response), question),
          );
        } finally {
          deadline.end();
        }
      };
      return retry(once, {
        delayOf: (error) => (error instanceof KubernetesError ? error.retryAfter : null),
        patience: options.patience ?? patience,
        firstPause: FIRST_PAUSE,
        longestPause: LONGEST_PAUSE,
        onRetry() {},
        signal,
      }).catch((error) => {
        signal?.throwIfAborted();
        throw error;
      });
    },
    async *stream(question, seconds, signal) {
      const deadline = createDeadline(DEADLINE, signal);
      try {
        const response = await attempt(question, deadline, async (response) => response);
        deadline.restart(seconds * 1000 + GRACE);
        try {
          for await (const line of linesOf(response)) yield object(line, question);
        } finally {
          response.destroy();
        }
      } catch (error) {
        signal?.throwIfAborted();
        throw error instanceof GossipError ? error : failure(about(question), error);
      } finally {
        deadline.end();
      }
    },
  };
}

/** An object of JSON, or null. */
function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
