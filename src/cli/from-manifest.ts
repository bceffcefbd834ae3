import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inputError } from '../errors.ts';
import { sourceHash } from '../graph/index.ts';
import {
  type HistoryKind,
  type Manifest,
  parseManifest,
  planSimulation,
  readResources,
  type SimulationPlan,
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
  const wanted = manifest.graphs.map(({ name, file: from, sha256 }) => {
    const source = graphs.find((graph) => graph.name === name);
    if (source === undefined)
      throw inputError(`${file}: the graph ${name} (${from}) is not in ${files.join(', ')}`);
    if (sourceHash(source) !== sha256) {
      throw inputError(
        `${source.file}: the graph ${name} is not the one that ${file} was made with: its SHA-256 differs`,
      );
    }
    return source;
  });
  const directories = strategyDirectories(flags.strategies);
  if (manifest.strategy !== null && directories.length === 0)
    directories.push(dirname(manifest.strategy.file));
  const strategies = openStrategies(directories);
  const { sha256, file: strategyFile } = await strategies.load(manifest.spec.algorithm);
  if (sha256 !== (manifest.strategy?.sha256 ?? null)) {
    throw inputError(
      `${strategyFile}: this strategy is not the one that ${file} was made with: its SHA-256 differs`,
    );
  }
  const simulation = { name: manifest.simulation, spec: manifest.spec, place: file };
  const plan = await planSimulation(simulation, wanted, strategies, manifest.seed);
  if (plan.id !== manifest.id) {
    throw inputError(
      `${file}: its id ${manifest.id} does not fit its content (${plan.id}): it was edited, or written by another version (${manifest.versions.gossip})`,
    );
  }
  return {
    plan,
    timestamp: manifest.timestamp,
    history: manifest.history,
    sample: sampleOf(manifest),
  };
}

function sampleOf({ graphs }: Manifest): number | null {
  return (
    graphs.find(({ betweennessSample }) => betweennessSample !== null)?.betweennessSample ?? null
  );
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw inputError(`--from ${file}: ${(error as Error).message}`, { cause: error });
  }
}
