import { basename } from 'node:path';
import { inputError } from '../../errors.ts';
import type { GraphSource } from '../source.ts';
import { readAdjacencyList } from './adjacency-list.ts';
import { readEdgeList } from './edge-list.ts';
import { readGexf } from './gexf.ts';
import { readGraphml } from './graphml.ts';

type Reader = (file: string, chunks?: AsyncGenerator<Uint8Array>) => Promise<GraphSource>;

const readers = new Map<string, Reader>([
  ['.txt', readEdgeList],
  ['.edges', readEdgeList],
  ['.edgelist', readEdgeList],
  ['.el', readEdgeList],
  ['.csv', readEdgeList],
  ['.tsv', readEdgeList],
  ['.adj', readAdjacencyList],
  ['.adjlist', readAdjacencyList],
  ['.gexf', readGexf],
  ['.graphml', readGraphml],
]);

/** How names of graphs' files end, each also with .gz after it. */
export const GRAPH_FILE_ENDINGS: readonly string[] = [...readers.keys()];

/** Whether a file's name ends as one of the formats that `readGraphFile` reads. */
export function isGraphFile(path: string): boolean {
  return readerFor(path) !== undefined;
}

/**
 * Reads a graph from a file of any format but YAML, told by its extension, also with .gz after it. Throws a
 * GossipError with file and line where the file cannot be read or its graph not be played.
 *
 * @param chunks its bytes, unpacked; not given: they are read from the disk
 */
export async function readGraphFile(
  path: string,
  chunks?: AsyncGenerator<Uint8Array>,
): Promise<GraphSource> {
  const reader = readerFor(path);
  if (reader !== undefined) return reader(path, chunks);
  throw inputError(
    `${path}: the extension of a graph's file is one of ${GRAPH_FILE_ENDINGS.join(' ')}, each also with .gz, or .yaml and .yml`,
  );
}

function readerFor(path: string): Reader | undefined {
  const extension = /(\.[^.]+?)(?:\.gz)?$/.exec(basename(path).toLowerCase())?.[1];
  return extension === undefined ? undefined : readers.get(extension);
}
