import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestCount } from '../kubernetes/index.ts';

/** Where an operator's figures come from; asked when somebody looks. */
export interface OperatorFigures {
  readonly queueDepth: () => number;
  readonly leader: () => boolean;
  readonly requests: readonly RequestCount[];
  /** How many Simulations are in each state; a state with none may be left out. */
  readonly simulations: () => Readonly<Record<string, number>>;
}

export interface OperatorMetrics {
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  /** Counts a reconciliation, which took so many seconds. */
  reconciled(result: 'done' | 'failed', seconds: number): void;
}

/** An operator's figures, with those of the process. None has a label for a node, a graph or a Simulation. */
export function createMetrics(figures: OperatorFigures): OperatorMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'gossip_operator_queue_depth',
    help: 'Simulations that wait to be looked at.',
    registers,
    collect() {
      this.set(figures.queueDepth());
    },
  });
  new Gauge({
    name: 'gossip_operator_leader',
    help: '1 where this operator is the one that acts, 0 where it stands by.',
    registers,
    collect() {
      this.set(figures.leader() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'gossip_simulations',
    help: 'Simulations by state.',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset();
      for (const [state, count] of Object.entries(figures.simulations()))
        this.set({ state }, count);
    },
  });
  new Counter({
    name: 'gossip_operator_api_requests_total',
    help: 'Requests to the API server, by verb, kind of object and status (0: no answer).',
    labelNames: ['verb', 'kind', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { verb, kind, status, count } of figures.requests)
        this.inc({ verb, kind, status }, count);
    },
  });
  const results = new Counter({
    name: 'gossip_operator_reconciliations_total',
    help: 'Passes over a Simulation, by how they ended.',
    labelNames: ['result'],
    registers,
  });
  for (const result of ['done', 'failed']) results.inc({ result }, 0);
  const durations = new Histogram({
    name: 'gossip_operator_reconciliation_seconds',
    help: 'How long a pass over a Simulation took.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  return {
    text: () => registry.metrics(),
    reconciled(result, seconds) {
      results.inc({ result });
      durations.observe(seconds);
    },
  };
}
