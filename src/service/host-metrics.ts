import type { Registry } from 'prom-client';
import type { Transport } from '../transport/index.ts';

/** What a host's transport has done, in the text format of Prometheus, with the figures of the process. */
export function trafficMetrics(transport: Transport): () => Promise<string> {
  let registry: Promise<Registry> | null = null;
  return async () => {
    registry ??= createRegistry(transport);
    return (await registry).metrics();
  };
}

const HELP = {
  sentBytes: ['gossip_sent_bytes_total', 'Bytes sent to peers and answered to them.'],
  receivedBytes: ['gossip_received_bytes_total', 'Bytes received from peers.'],
  connections: ['gossip_connections_total', 'Connections opened to peers.'],
  retries: ['gossip_retries_total', 'Exchanges sent again because the time before failed.'],
} as const;

async function createRegistry(transport: Transport): Promise<Registry> {
  // Loaded when figures are first asked for: many hosts are never asked.
  const { Counter, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const [field, [name, help]] of Object.entries(HELP)) {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(transport.traffic[field as keyof typeof HELP]);
      },
    });
  }
  return registry;
}
