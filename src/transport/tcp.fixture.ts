import { test } from 'uvu';
import { createTcp, type TcpSettings, type TcpTransport } from './tcp.ts';
import { within } from './within.fixture.ts';

/** For tests: makes a transport that is closed when the test ends, however it does. */
export type CreateTcp = (settings?: TcpSettings) => TcpTransport;

/** A test of transports over TCP, of bounded time. */
export function tcpTest(title: string, body: (create: CreateTcp) => Promise<void>): void {
  test(title, async () => {
    const made: TcpTransport[] = [];
    const create: CreateTcp = (settings) => {
      const transport = createTcp(settings);
      made.push(transport);
      return transport;
    };
    try {
      await within(title, body(create));
    } finally {
      const closed = Promise.all(made.map((transport) => transport.close(100)));
      await within(`${title}: close`, closed);
    }
  });
}
