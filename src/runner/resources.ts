import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GossipError, inputError } from '../errors.ts';
import {
  chunksOf,
  fieldError,
  type Locate,
  nameProblem,
  placeOf,
  readChunks,
} from '../graph/formats/index.ts';
import {
  type GraphSource,
  isGraphFile,
  parseGraphResource,
  readGraphFile,
} from '../graph/index.ts';
import { partsOf, type SimulationSource, simulationResource } from './simulation.ts';
import { readYaml } from './yaml.ts';

/** What files and folders hold. */
export interface Resources {
  readonly graphs: readonly GraphSource[];
  readonly simulations: readonly SimulationSource[];
  readonly warnings: readonly string[];
}

/** A file that is in memory. */
export interface NamedBytes {
  /** Its ending says the format, also with .gz after it; else it is nothing but a name, for messages. */
  readonly name: string;
  readonly content: Uint8Array;
}

const API_VERSION = 'gossip.io/v1';

/**
 * Reads Graph and Simulation resources (YAML, several documents a file) and graphs of other formats from files and
 * from the files directly in folders, in the order of their names. Throws GossipError `input` with file, line, field.
 */
export async function readResources(paths: readonly string[]): Promise<Resources> {
  const found = nothing();
  for (const file of await filesOf(paths)) await read(file, readChunks(file), found);
  return together(found);
}

/**
 * As readResources, of files in memory which have at most `most` bytes together when they are unpacked. What is wrong
 * with further files is in the error's `others`.
 */
export async function parseResources(
  files: readonly NamedBytes[],
  most: number,
): Promise<Resources> {
  const found = nothing();
  const errors: GossipError[] = [];
  const left = { bytes: most };
  for (const { name, content } of files) {
    try {
      await read(name, limited(name, chunksOf(name, content), left, most), found);
    } catch (error) {
      if (!(error instanceof GossipError)) throw error;
      errors.push(error, ...error.others);
    }
  }
  const [first, ...others] = errors;
  if (first === undefined) return together(found);
  throw new GossipError(first.code, first.message, {
    cause: first,
    field: first.field ?? undefined,
    others,
  });
}

/** Lets chunks pass until there were too many bytes in all files. */
async function* limited(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  left: { bytes: number },
  most: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    left.bytes -= chunk.length;
    if (left.bytes < 0) {
      throw inputError(
        `${file}: all files together have more than ${Math.floor(most / 2 ** 20)} MiB when they are unpacked: that is the most here`,
      );
    }
    yield chunk;
  }
}

interface Found {
  readonly graphs: GraphSource[];
  readonly simulations: SimulationSource[];
  readonly warnings: string[];
}

function nothing(): Found {
  return { graphs: [], simulations: [], warnings: [] };
}

/** Adds what is in a file. */
async function read(
  file: string,
  chunks: AsyncGenerator<Uint8Array>,
  { graphs, simulations, warnings }: Found,
): Promise<void> {
  if (!isYaml(file)) {
    graphs.push(await readGraphFile(file, chunks));
    return;
  }
  for (const { value, locate } of await readYaml(file, chunks)) {
    const kind = kindOf(value, file, locate);
    if (kind === 'Graph') graphs.push(parseGraphResource(value, file, locate));
    else if (kind === 'Simulation') simulations.push(parseSimulation(value, file, locate));
    else
      warnings.push(
        `${placeOf(file, [], locate)}: passed over, since its apiVersion is not ${API_VERSION}`,
      );
  }
}

function together({ graphs, simulations, warnings }: Found): Resources {
  refuseDoubles(graphs);
  const ofGraphs = graphs.flatMap((graph) => graph.warnings);
  return { graphs, simulations, warnings: [...warnings, ...ofGraphs] };
}

function isYaml(file: string): boolean {
  return /\.(yaml|yml|json)(\.gz)?$/i.test(file);
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    try {
      if (!(await stat(path)).isDirectory()) {
        files.push(path);
        continue;
      }
      const inside = (await readdir(path, { withFileTypes: true }))
        .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => join(path, entry.name))
        .filter((file) => isYaml(file) || isGraphFile(file))
        .sort();
      if (inside.length === 0)
        throw inputError(`${path}: there is no graph and no YAML file in this folder`);
      files.push(...inside);
    } catch (error) {
      throw unreadable(path, error);
    }
  }
  return files;
}

function unreadable(path: string, error: unknown): unknown {
  if (error instanceof GossipError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOENT'
      ? 'there is no such file or folder'
      : code === 'ENOTDIR'
        ? 'a part of this path is a file, not a folder'
        : code === 'EACCES'
          ? 'no permission to read it'
          : message;
  return inputError(`${path}: ${reason}`, { cause: error });
}

function kindOf(value: unknown, file: string, locate: Locate): 'Graph' | 'Simulation' | null {
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw inputError(
      `${placeOf(file, [], locate)}: a Graph or a Simulation is a map with apiVersion, kind, metadata and spec`,
    );
  }
  const { apiVersion, kind } = value as Record<string, unknown>;
  if (apiVersion === undefined) {
    throw inputError(
      `${placeOf(file, [], locate)}: apiVersion is missing: write apiVersion: ${API_VERSION}`,
    );
  }
  if (apiVersion !== API_VERSION) return null;
  if (kind === 'Graph' || kind === 'Simulation') return kind;
  const place = placeOf(file, ['kind'], locate);
  throw inputError(`${place}: it must be Graph or Simulation`, { field: 'kind' });
}

function parseSimulation(value: unknown, file: string, locate: Locate): SimulationSource {
  const parsed = simulationResource.safeParse(value);
  if (!parsed.success) throw fieldError(simulationResource, parsed.error, value, file, locate);
  const { name } = parsed.data.metadata;
  const problem = nameProblem(name);
  const place = placeOf(file, ['metadata', 'name'], locate);
  if (problem !== null)
    throw inputError(`${place}: ${JSON.stringify(name)} ${problem}`, { field: 'metadata.name' });
  return {
    name,
    ...partsOf(parsed.data.spec),
    place: placeOf(file, ['spec'], locate).replace(/: spec$/, ''),
  };
}

/** Throws GossipError `input` where two graphs have one name. */
export function refuseDoubles(graphs: readonly GraphSource[]): void {
  const files = new Map<string, string>();
  for (const { name, file } of graphs) {
    const other = files.get(name);
    if (other !== undefined) {
      throw inputError(
        `${file}: there is a graph named ${name} in ${other} already; rename one of them`,
      );
    }
    files.set(name, file);
  }
}
