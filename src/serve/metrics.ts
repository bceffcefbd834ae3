import type { Registry } from 'prom-client';
import type { CallFigures } from './calls.ts';

/** Where a server's figures come from; asked when somebody looks. */
export interface ServerFigures {
  readonly calls: CallFigures;
  /** How many simulations that were started here are in each state. */
  readonly jobs: () => Readonly<Record<string, number>>;
}

/**
 * A server's figures in the text format of Prometheus, with those of the process. None has a label for a node, a graph
 * or a simulation. The library is loaded when they are first asked for.
 */
export function serverMetrics(figures: ServerFigures): () => Promise<string> {
  let registry: Promise<Registry> | null = null;
  return async () => {
    registry ??= createRegistry(figures);
    return (await registry).metrics();
  };
}

async function createRegistry({ calls, jobs }: ServerFigures): Promise<Registry> {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: 'gossip_server_calls_total',
    help: 'Calls that are over, by method and by how they ended.',
    labelNames: ['method', 'code'],
    registers,
    collect() {
      this.reset();
      for (const [key, count] of calls.ended) {
        const [method, code] = key.split(' ');
        this.inc({ method, code }, count);
      }
    },
  });
  new Gauge({
    name: 'gossip_server_streams',
    help: 'Streams that somebody reads: pages that watch or follow.',
    registers,
    collect() {
      this.set(calls.streams);
    },
  });
  new Gauge({
    name: 'gossip_server_jobs',
    help: 'Simulations that were started here, by state; those that are over for a while.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(jobs())) this.set({ state }, count);
    },
  });
  return registry;
}
