import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { inputError } from '../errors.ts';
import {
  csvLines,
  findSimulations,
  jsonLines,
  type Place,
  readRows,
  type StoredSimulation,
  writeParquet,
  writeWhole,
} from '../results/index.ts';
import type { PartialRunRow } from '../storage/index.ts';
import { inPieces, printAll } from './print.ts';
import { type ChoiceFlags, nothingThere, problems, wantedOf } from './results-place.ts';
import { runTables, simulationsTable } from './results-table.ts';

/** What `gossip results` is told. */
export interface ResultsFlags extends ChoiceFlags {
  readonly format?: 'table' | 'csv' | 'json' | 'parquet';
  readonly output?: string;
  readonly graph?: readonly string[];
}

/** Prints a table of the simulations; gives the exit code. */
export async function printSimulations(
  place: Place,
  flags: ResultsFlags,
  signal: AbortSignal,
): Promise<number> {
  const failed = problems();
  const simulations: Omit<StoredSimulation, 'manifest'>[] = [];
  for await (const { manifest: _, ...simulation } of findSimulations(
    place.storage,
    wantedOf(place, flags),
    failed.add,
  )) {
    signal.throwIfAborted();
    simulations.push(simulation);
  }
  if (simulations.length > 0) console.log(simulationsTable(simulations));
  else if (failed.count === 0) throw nothingThere(place, flags);
  return failed.count === 0 ? 0 : 1;
}

/** Writes all runs in one table; gives the exit code. */
export async function writeRuns(
  place: Place,
  flags: ResultsFlags,
  signal: AbortSignal,
): Promise<number> {
  const { format, output } = flags;
  const failed = problems();
  const rows = rowsOf(place, flags, failed, signal);
  if (format === 'parquet') {
    if (output === undefined) throw inputError('--format parquet needs --output <file>');
    await writeWhole(output, (temporary) => writeParquet(temporary, rows));
  } else {
    const texts =
      format === 'csv' ? csvLines(rows) : format === 'json' ? jsonLines(rows) : runTables(rows);
    if (output === undefined) await printAll(texts);
    else {
      await writeWhole(output, (temporary) =>
        pipeline(inPieces(texts), createWriteStream(temporary)),
      );
    }
  }
  return failed.count === 0 ? 0 : 1;
}

async function* rowsOf(
  place: Place,
  flags: ResultsFlags,
  failed: ReturnType<typeof problems>,
  signal: AbortSignal,
): AsyncGenerator<PartialRunRow> {
  let there = false;
  const { storage } = place;
  for await (const simulation of findSimulations(storage, wantedOf(place, flags), failed.add)) {
    there = true;
    for await (const row of readRows(storage, simulation, flags.graph ?? null)) {
      signal.throwIfAborted();
      yield row;
    }
  }
  if (!there && failed.count === 0) throw nothingThere(place, flags);
}
