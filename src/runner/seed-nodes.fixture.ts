import http2 from 'node:http2';
import type { ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { Gossip } from '../gen/gossip/gossip_pb.ts';

/** The calls that nodes were given, in order: "gossip 2". */
export type Calls = string[];

/** For tests: nodes on a ring that speak the seed's service, each of which exchanges with the one after it. */
export interface Ring {
  /** For NODES, in the order of their numbers. */
  readonly names: readonly string[];
  readonly calls: Calls;
  /** Done before a call is answered, such as throwing or waiting. */
  before: (call: string) => Promise<void> | void;
}

/** For tests: a ring of nodes that begin with these values. */
export async function withRing(
  start: readonly number[],
  use: (ring: Ring) => Promise<void>,
): Promise<void> {
  const calls: Calls = [];
  const histories = start.map((value) => [value]);
  const servers = start.map((_, number) =>
    http2.createServer(connectNodeAdapter({ routes: (router) => route(router, number) })),
  );
  const over = Promise.withResolvers<void>();
  const sessions = new Set<http2.ServerHttp2Session>();
  const ring = { names: [] as string[], calls, before: async (_: string) => {} };
  const called = async (call: string, number: number) => {
    calls.push(`${call} ${number}`);
    await Promise.race([ring.before(`${call} ${number}`), over.promise]);
  };

  function route(router: ConnectRouter, number: number): void {
    router.service(Gossip, {
      async currentValue() {
        await called('currentValue', number);
        return { value: histories[number].at(-1) };
      },
      async gossip() {
        await called('gossip', number);
        const two = [histories[number], histories[(number + 1) % start.length]];
        const least = Math.min(...two.map((history) => history.at(-1)!));
        for (const history of two) history.push(least);
        return {};
      },
      async reset() {
        await called('reset', number);
        histories[number] = [start[number]];
        return {};
      },
      async history() {
        await called('history', number);
        return {
          valueEntries: histories[number].map((value, participations) => ({
            participations,
            value,
          })),
        };
      },
      async stopApplication() {
        await called('stopApplication', number);
        return {};
      },
    });
  }

  try {
    for (const [number, server] of servers.entries()) {
      server.on('session', (session) => sessions.add(session));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      ring.names.push(`ring-g0-n${number}=127.0.0.1:${port}`);
    }
    await use(ring);
  } finally {
    over.resolve();
    for (const session of sessions) session.destroy();
    for (const server of servers) server.close();
  }
}
