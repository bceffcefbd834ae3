import { type RunRow, runsCsv, runsCsvKey, type Storage } from '../storage/index.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Manifest } from './manifest.ts';
import { overlapOf, type Part, sizeOfPart, wholeOf } from './part.ts';
import type { SimulationPlan } from './plan.ts';
import { createRecorder, readRow } from './record.ts';
import { placeOfExecution, recordedExecution } from './recorded.ts';

/** How many rows are looked for at once. */
const LOOKUPS = 16;

/**
 * Writes what takes the rows of others too, when those of a part are there: the averages of executions that the part
 * shares with others, and runs.csv. What others have not finished yet is left to them: whoever is last finds all rows,
 * and two who are last at once write the same.
 *
 * @param rows by place; those of others that are found are filled in
 */
export async function complete(
  plan: SimulationPlan,
  manifest: Manifest,
  part: Part,
  rows: RunRow[],
  storage: Storage,
): Promise<void> {
  const { repetitions } = plan.spec;
  const executions = new Set(
    [part.first, part.end - 1].map((run) => Math.floor(run / repetitions)),
  );
  for (const execution of executions) {
    const runs = { first: execution * repetitions, end: (execution + 1) * repetitions };
    if (sizeOfPart(overlapOf(runs, part)) === repetitions) continue;
    if (!(await findRows(plan, runs, rows, storage))) continue;
    const { graph, number } = executionAt(plan, runs.first);
    const recorder = createRecorder(storage, recordedExecution(plan, manifest, graph, number));
    await recorder.average(rows.slice(runs.first, runs.end));
  }
  if (!(await findRows(plan, wholeOf(plan), rows, storage))) return;
  await storage.put(runsCsvKey(plan.folder), runsCsv(rows), { contentType: 'text/csv' });
}

/** Whether all rows of these runs are there; those that are read are filled in. */
async function findRows(
  plan: SimulationPlan,
  runs: Part,
  rows: RunRow[],
  storage: Storage,
): Promise<boolean> {
  let all = true;
  function* missing() {
    for (const run of spread(runs)) {
      if (!all) return;
      if (rows[run] === undefined) yield run;
    }
  }
  await eachAtOnce(missing(), LOOKUPS, async (run) => {
    const { graph, number } = executionAt(plan, run);
    const place = {
      ...placeOfExecution(plan, graph, number),
      run: (run % plan.spec.repetitions) + 1,
    };
    const row = await readRow(storage, place);
    if (row === null) all = false;
    else rows[run] = row;
  });
  return all;
}

/** The graph (its index) and the execution (from 1) of the run at a place. */
function executionAt({ spec, executions }: SimulationPlan, run: number) {
  const execution = Math.floor(run / spec.repetitions);
  return {
    graph: Math.floor(execution / executions.length),
    number: (execution % executions.length) + 1,
  };
}

/** All places of a part, first far apart and then those between: others play in order, so what they lack is soon found. */
export function* spread(part: Part): Generator<number> {
  const size = sizeOfPart(part);
  // Each number is one odd multiple of one power of two.
  for (let step = 2 ** Math.floor(Math.log2(size || 1)); step >= 1; step /= 2) {
    for (let number = step; number <= size; number += 2 * step) yield part.first + number - 1;
  }
}
