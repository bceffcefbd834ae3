import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import { GossipError, inputError } from '../errors.ts';
import { fieldError, type Locate, nameProblem, placeOf } from '../graph/formats/index.ts';
import {
  type GraphSource,
  isGraphFile,
  parseGraphResource,
  readGraphFile,
} from '../graph/index.ts';
import { partsOf, type SimulationSource, simulationResource } from './simulation.ts';

/** What files and folders hold. */
export interface Resources {
  readonly graphs: readonly GraphSource[];
  readonly simulations: readonly SimulationSource[];
  readonly warnings: readonly string[];
}

const API_VERSION = 'gossip.io/v1';
const LARGEST_YAML = 256 * 2 ** 20;
const MOST_ALIASES = 100;

/**
 * Reads Graph and Simulation resources (YAML, several documents a file) and graphs of other formats from files and
 * from the files directly in folders, in the order of their names. Throws GossipError `input` with file, line, field.
 */
export async function readResources(paths: readonly string[]): Promise<Resources> {
  const graphs: GraphSource[] = [];
  const simulations: SimulationSource[] = [];
  const warnings: string[] = [];
  for (const file of await filesOf(paths)) {
    if (!isYaml(file)) {
      graphs.push(await readGraphFile(file));
      continue;
    }
    for (const { value, locate } of await readYaml(file)) {
      const kind = kindOf(value, file, locate);
      if (kind === 'Graph') graphs.push(parseGraphResource(value, file, locate));
      else if (kind === 'Simulation') simulations.push(parseSimulation(value, file, locate));
      else
        warnings.push(
          `${placeOf(file, [], locate)}: passed over, since its apiVersion is not ${API_VERSION}`,
        );
    }
  }
  refuseDoubles(graphs);
  for (const graph of graphs) warnings.push(...graph.warnings);
  return { graphs, simulations, warnings };
}

function isYaml(file: string): boolean {
  return ['.yaml', '.yml', '.json'].includes(extname(file).toLowerCase());
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

async function readYaml(file: string): Promise<{ value: unknown; locate: Locate }[]> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_YAML) {
      throw inputError(
        `${file}: over ${LARGEST_YAML / 2 ** 20} MiB; write a graph of this size as an edge list`,
      );
    }
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError)
      throw inputError(`${file}: this is not UTF-8 text`, { cause: error });
    throw unreadable(file, error);
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [wrong] = document.errors;
    if (wrong !== undefined) {
      const { line, col } = lines.linePos(wrong.pos[0]);
      throw inputError(`${file}, line ${line}, column ${col}: this is not YAML: ${wrong.message}`);
    }
    const locate: Locate = (path) => lineOf(document, path, lines);
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MOST_ALIASES });
    } catch (error) {
      throw inputError(
        `${placeOf(file, [], locate)}: its aliases (*name) stand for too much; write the values out (${(error as Error).message})`,
        { cause: error },
      );
    }
    return value === null ? [] : [{ value, locate }];
  });
}

function lineOf(
  document: Document,
  path: (string | number)[],
  lines: LineCounter,
): number | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
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
  throw inputError(`${placeOf(file, ['kind'], locate)}: it must be Graph or Simulation`);
}

function parseSimulation(value: unknown, file: string, locate: Locate): SimulationSource {
  const parsed = simulationResource.safeParse(value);
  if (!parsed.success) throw fieldError(simulationResource, parsed.error, value, file, locate);
  const { name } = parsed.data.metadata;
  const problem = nameProblem(name);
  const place = placeOf(file, ['metadata', 'name'], locate);
  if (problem !== null) throw inputError(`${place}: ${JSON.stringify(name)} ${problem}`);
  return {
    name,
    ...partsOf(parsed.data.spec),
    place: placeOf(file, ['spec'], locate).replace(/: spec$/, ''),
  };
}

function refuseDoubles(graphs: readonly GraphSource[]): void {
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
