// The page that .ci/browser/check.ts opens with ?protocol=…&host=…&last=…: it reads the host's values, watches until the
// host stops, reads the values again after the round `last`, and says all of it on the console, a line of JSON each.
import { ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-web';
import { HostService, type NodeValue } from '../../src/gen/gossip/v1/host_pb.ts';

/** What the page says. */
export type Said =
  | { readonly call: 'Values'; readonly nodes: readonly Seen[] }
  | { readonly call: 'Watch'; readonly round: number; readonly nodes: readonly Seen[] }
  | { readonly call: 'Watch'; readonly ended: true }
  | { readonly call: 'Values' | 'Watch'; readonly error: string };

/** A node as the page sees it. */
export interface Seen {
  readonly value: number;
  readonly participations: number;
}

const TRANSPORTS = { Connect: createConnectTransport, 'gRPC-web': createGrpcWebTransport };

const { location } = globalThis as unknown as { location: { href: string } };
const asked = new URL(location.href).searchParams;
const transport = TRANSPORTS[asked.get('protocol') as keyof typeof TRANSPORTS];
const client = createClient(HostService, transport({ baseUrl: asked.get('host')! }));
await values();
await watch(Number(asked.get('last')));

async function values(): Promise<void> {
  try {
    const { nodes } = await client.values({});
    say({ call: 'Values', nodes: nodes.map(seen) });
  } catch (error) {
    say({ call: 'Values', error: ConnectError.from(error).message });
  }
}

async function watch(last: number): Promise<void> {
  try {
    for await (const { round, nodes } of client.watch({})) {
      say({ call: 'Watch', round, nodes: nodes.map(seen) });
      if (round === last) await values();
    }
    say({ call: 'Watch', ended: true });
  } catch (error) {
    say({ call: 'Watch', error: ConnectError.from(error).message });
  }
}

function seen({ value, participations }: NodeValue): Seen {
  return { value, participations };
}

function say(said: Said): void {
  console.log(JSON.stringify(said));
}
