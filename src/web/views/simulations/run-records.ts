import type { Run } from '../../../gen/gossip/v1/simulation_pb.ts';

/** The columns of runs as CSV, named as in runs.csv. */
const COLUMNS = [
  'graph',
  'execution',
  'run',
  'num_rounds',
  'converged',
  'value',
  'exchanges',
  'useful',
  't50',
  't90',
  't99',
  'max_load',
] as const;

type Field = string | number | boolean | null;

/** Runs as records of a CSV file, its header first; what is not known is null. */
export function runRecords(runs: readonly Omit<Run, '$typeName'>[]): Field[][] {
  return [
    [...COLUMNS],
    ...runs.map((run): Field[] => [
      run.graph,
      run.execution,
      run.run,
      run.rounds,
      run.converged,
      run.value ?? null,
      exact(run.exchanges),
      exact(run.useful),
      run.t50 ?? null,
      run.t90 ?? null,
      run.t99 ?? null,
      run.maxLoad ?? null,
    ]),
  ];
}

function exact(value: bigint | undefined): string | null {
  return value === undefined ? null : `${value}`;
}
