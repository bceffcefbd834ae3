import type { JsonValue } from '@bufbuild/protobuf';
import type { Aggregate, MemoryKind, Schedule, Start } from '../../host/index.ts';

/**
 * What an exported page holds, as JSON: simulations as SimulationService tells of them, its messages in their own JSON, and
 * what it takes to play their runs again.
 */
export interface Exported {
  readonly format: 1;
  /** GetServerResponse. */
  readonly server: JsonValue;
  readonly graphs: readonly ExportedGraph[];
  readonly simulations: readonly ExportedSimulation[];
  readonly contestants: readonly ExportedContestant[];
}

/** A graph, once for all simulations on it. */
export interface ExportedGraph {
  /** GraphPicture: its edges are those that are played on. */
  readonly picture: JsonValue;
  /** Enter every draw. */
  readonly words: readonly number[];
  /** By the names that GetMeasure has: one a node, or why there is none, in words. */
  readonly measures: Readonly<Record<string, readonly number[] | string>>;
}

export interface ExportedSimulation {
  readonly folder: string;
  /** GetSimulationResponse. */
  readonly told: JsonValue;
  /** All of it: a Run each. */
  readonly runs: readonly JsonValue[];
  readonly plays: readonly ExportedPlay[];
}

/** What the runs of one execution on one graph are played from. */
export interface ExportedPlay {
  readonly graph: string;
  readonly execution: number;
  /** Where its graph is in `graphs`. */
  readonly on: number;
  readonly seed: number;
  /** One a neighbor, in the order of the nodes; null: all are 1. */
  readonly weights: readonly number[] | null;
  readonly memory: MemoryKind;
  readonly priorPartnerFactor: number;
  readonly aggregate: Aggregate;
  readonly schedule: Schedule;
  readonly start: ExportedStart;
  readonly redraw: 'graph' | 'run';
  readonly tolerance: number;
  readonly maxRounds: number;
}

/** A start; values that are the nodes' numbers are listed too. */
export type ExportedStart =
  | Exclude<Start, { kind: 'values' | 'numbers' }>
  | { readonly kind: 'values'; readonly values: readonly number[] };

/** One execution on one graph, for comparisons. */
export interface ExportedContestant {
  /** Compared, by itself. */
  readonly alone: JsonValue;
  /**
   * Compared with each of the contestants as the first, in their order: what of Compared depends on the first one, or null
   * where their graphs' names differ.
   */
  readonly with: readonly (JsonValue | null)[];
}
