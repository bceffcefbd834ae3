import { type FinishedSimulation, report } from '../runner/index.ts';
import { runsCsv } from '../storage/index.ts';
import type { RunFlags } from './run-flags.ts';
import { reportTable } from './table.ts';

/** Prints what simulations have shown, as --format says. */
export function printAnswer(
  simulations: readonly FinishedSimulation[],
  flags: Pick<RunFlags, 'format'>,
): void {
  if (flags.format === 'csv') {
    process.stdout.write(runsCsv(simulations.flatMap(({ rows }) => rows)));
    return;
  }
  const rows = report(simulations);
  if (flags.format === 'json') {
    const names = simulations.map(({ plan }) => ({
      name: plan.name,
      id: plan.id,
      folder: plan.folder,
      seed: plan.seed,
    }));
    console.log(JSON.stringify({ simulations: names, rows }, null, 2));
    return;
  }
  console.log(reportTable(rows));
}
