import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inputError } from '../errors.ts';
import {
  type HistoryKind,
  notTheStrategy,
  parseManifest,
  planOfManifest,
  readResources,
  type SimulationPlan,
  sampleOf,
} from '../runner/index.ts';
import { openStrategies } from '../strategies/index.ts';
import { type RunFlags, simulationFlags } from './run-flags.ts';
import { strategyDirectories } from './strategy-directories.ts';

/** A simulation to repeat to the same bytes. */
export interface Repetition {
  readonly plan: SimulationPlan;
  readonly timestamp: string;
  readonly history: HistoryKind;
  readonly sample: number | null;
}

/**
 * Reads a manifest and what it was made of: the graphs' files as it names them, or those given instead. Throws
 * GossipError `input` naming what is not as it was.
 */
export async function repetitionOf(
  file: string,
  paths: readonly string[],
  flags: RunFlags,
): Promise<Repetition> {
  const [other] = simulationFlags(flags);
  if (other !== undefined) {
    throw inputError(
      `${other} cannot be given with --from: a manifest says all of its simulation; leave ${other} out`,
    );
  }
  const manifest = parseManifest(await bytesOf(file), file);
  const files = paths.length > 0 ? paths : [...new Set(manifest.graphs.map((graph) => graph.file))];
  const { graphs } = await readResources(files);
  const wanted = manifest.graphs.map(({ name, file: from }) => {
    const source = graphs.find((graph) => graph.name === name);
    if (source !== undefined) return source;
    throw inputError(`${file}: the graph ${name} (${from}) is not in ${files.join(', ')}`);
  });
  const directories = strategyDirectories(flags.strategies);
  if (manifest.strategy !== null && directories.length === 0) {
    const { sha256 } = manifest.strategy;
    const code = await readFile(manifest.strategy.file).catch(() => null);
    // Loading runs it, so a manifest of somebody else's must not name any file that happens to be here.
    if (code !== null && createHash('sha256').update(code).digest('hex') !== sha256) {
      throw notTheStrategy(manifest.strategy.file, file);
    }
    directories.push(dirname(manifest.strategy.file));
  }
  const plan = await planOfManifest(manifest, file, wanted, openStrategies(directories));
  return {
    plan,
    timestamp: manifest.timestamp,
    history: manifest.history,
    sample: sampleOf(manifest),
  };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw inputError(`--from ${file}: ${(error as Error).message}`, { cause: error });
  }
}
