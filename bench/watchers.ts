import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Transport } from '@connectrpc/connect';
import {
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from '@connectrpc/connect-node';
import { HostService } from '../src/gen/gossip/v1/host_pb.ts';
import { TOKEN_KEY } from '../src/runner/host-client.ts';
import { parseAddress } from '../src/transport/index.ts';

/** People who look at hosts: they come, watch for a while, and leave in one way or another. */
export interface Watchers {
  /** One more comes to the host at this address, for so many milliseconds; each in another way than the one before. */
  come(address: string, stay: number): void;
  /** How many have come, how many of them are there, and how many rounds they have seen. */
  readonly count: { came: number; present: number; rounds: number };
  /** Resolves when all have left; throws what has gone wrong for one of them before it was to leave. */
  gone(): Promise<void>;
}

/** A connection to a host, and how it ends. */
interface Visit {
  readonly transport: Transport;
  /** Loses the connection; by default the call is canceled. */
  readonly cut?: () => void;
  readonly close?: () => void;
  /** How long each round is looked at, in milliseconds. */
  readonly pause?: number;
}

const SLOW = 500;
const WAYS: readonly ((address: string) => Visit)[] = [
  (address) => byWeb(address),
  (address) => byHttp2(address, false),
  (address) => ({ ...byWeb(address), pause: SLOW }),
  (address) => byHttp2(address, true),
];

/** Watchers who show this token. */
export function createWatchers(token: string): Watchers {
  const headers = { [TOKEN_KEY]: token };
  const count = { came: 0, present: 0, rounds: 0 };
  const visits = new Set<Promise<void>>();
  const problems: unknown[] = [];

  async function visit(address: string, way: (address: string) => Visit, stay: number) {
    const { transport, cut, close, pause } = way(address);
    const left = new AbortController();
    const timer = setTimeout(() => {
      // Before anything else can be said.
      cut?.();
      left.abort();
    }, stay);
    const client = createClient(HostService, transport);
    const { signal } = left;
    try {
      await client.inspect({}, { headers, signal });
      for await (const _ of client.watch({}, { headers, signal })) {
        count.rounds++;
        if (pause !== undefined) await sleep(pause);
      }
    } catch (error) {
      if (!signal.aborted) problems.push(error);
    } finally {
      clearTimeout(timer);
      close?.();
    }
  }

  return {
    count,
    come(address, stay) {
      const visiting = visit(address, WAYS[count.came++ % WAYS.length], stay).finally(() => {
        count.present--;
        visits.delete(visiting);
      });
      count.present++;
      visits.add(visiting);
    },
    async gone() {
      await Promise.all(visits);
      if (problems.length > 0) throw new AggregateError(problems, `watchers: ${problems[0]}`);
    },
  };
}

function byWeb(address: string): Visit {
  return {
    transport: createGrpcWebTransport({ baseUrl: `http://${address}`, httpVersion: '1.1' }),
  };
}

/** @param isCut whether the connection is lost in the end, without a goodbye */
function byHttp2(address: string, isCut: boolean): Visit {
  const baseUrl = `http://${address}`;
  let socket: Socket | null = null;
  const sessionManager = new Http2SessionManager(baseUrl, undefined, {
    createConnection() {
      socket = connect(parseAddress(address));
      return socket;
    },
  });
  return {
    transport: createGrpcTransport({ baseUrl, sessionManager }),
    cut: isCut ? () => socket?.destroy() : undefined,
    close: () => sessionManager.abort(),
  };
}
