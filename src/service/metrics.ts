import type { Registry } from 'prom-client';
import type { SeedHost } from './seed-host.ts';

/**
 * A host's figures in the text format of Prometheus, with those of the process. The library is loaded when they are
 * first asked for: many hosts are never asked.
 */
export function hostMetrics(host: SeedHost): () => Promise<string> {
  let registry: Promise<Registry> | null = null;
  return async () => {
    registry ??= createRegistry(host);
    return (await registry).metrics();
  };
}

async function createRegistry({ node, counters }: SeedHost): Promise<Registry> {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  registry.setDefaultLabels({ node: node.name });
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: 'gossip_exchanges_total',
    help: 'Exchanges since the process began, by how they went: initiated and complete, answered as the partner, unreachable (nothing happened), lost (the partner may have taken part), refused (not a message).',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(counters)) this.inc({ outcome }, count);
    },
  });
  new Gauge({
    name: 'gossip_value',
    help: 'The value that the node holds.',
    registers,
    collect() {
      this.set(node.value());
    },
  });
  new Gauge({
    name: 'gossip_participations',
    help: 'Exchanges that the node has taken part in, in this run.',
    registers,
    collect() {
      this.set(node.history().length - 1);
    },
  });
  return registry;
}
