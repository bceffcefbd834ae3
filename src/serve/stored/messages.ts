import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  RunSchema,
  SimulationSchema,
  SummarySchema,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { AGGREGATE_CODES, SCHEDULE_CODES } from '../../protocol-enums.ts';
import type { StoredSimulation } from '../../results/index.ts';
import type { RunsSummary } from '../../runner/index.ts';
import type { PartialRunRow } from '../../storage/index.ts';

/** The published system has no others. */
const PUBLISHED = { aggregate: 'minimum', schedule: 'ascending' };

/** A stored simulation as callers see it. */
export function simulationMessage(
  simulation: StoredSimulation,
): MessageInitShape<typeof SimulationSchema> {
  const { manifest, seed, runs } = simulation;
  const { aggregate, schedule } = manifest?.spec ?? PUBLISHED;
  return {
    folder: simulation.folder,
    name: wellFormed(simulation.name),
    id: wellFormed(simulation.id),
    algorithm: wellFormed(simulation.algorithm),
    seed: seed === null ? undefined : BigInt(seed),
    timestamp: wellFormed(simulation.timestamp),
    graphs: simulation.graphs.map(wellFormed),
    finished: uint32(simulation.finished),
    runs: runs === null ? undefined : uint32(runs),
    hasManifest: manifest !== null,
    aggregate: AGGREGATE_CODES[aggregate as keyof typeof AGGREGATE_CODES],
    schedule: SCHEDULE_CODES[schedule as keyof typeof SCHEDULE_CODES],
  };
}

/** A row of runs.csv as callers see it. */
export function runMessage(row: PartialRunRow): MessageInitShape<typeof RunSchema> {
  return {
    graph: wellFormed(row.graph),
    execution: uint32(row.execution),
    run: uint32(row.run),
    rounds: uint32(row.num_rounds),
    converged: row.converged,
    value: row.value ?? undefined,
    exchanges: row.exchanges === null ? undefined : BigInt(row.exchanges),
    useful: row.useful === null ? undefined : BigInt(row.useful),
    t50: count(row.t50),
    t90: count(row.t90),
    t99: count(row.t99),
    maxLoad: row.max_load ?? undefined,
  };
}

/** What runs on a graph say together, as callers see it. */
export function summaryMessage(
  graph: string,
  execution: number,
  summary: RunsSummary,
): MessageInitShape<typeof SummarySchema> {
  const { interval } = summary;
  return {
    graph: wellFormed(graph),
    execution: uint32(execution),
    runs: summary.runs,
    converged: summary.converged,
    mean: summary.meanRounds ?? undefined,
    interval: interval === null ? undefined : { low: interval.low, high: interval.high },
    median: summary.medianRounds ?? undefined,
    t99: summary.t99 ?? undefined,
    maxLoad: summary.maxLoad ?? undefined,
  };
}

/** Text of others: messages are UTF-8, which has no half surrogate pairs. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** A number of others, which may be any, as messages can have it. */
export function uint32(value: number): number {
  return Math.min(2 ** 32 - 1, Math.max(0, value));
}

function count(value: number | null): number | undefined {
  return value === null ? undefined : uint32(value);
}
