import { createGraphBuilder } from '../builder.ts';
import type { GraphSource } from '../source.ts';
import { createFields, separators, splitFields } from './fields.ts';
import { fileSource } from './file-source.ts';
import { readLabel } from './label.ts';
import { forEachLine } from './lines.ts';
import { readChunks } from './read-chunks.ts';

const separator = separators(' \t\r\v\f,');

/**
 * Reads networkx's adjacency lists: a line a node, its label and then those of its neighbors, between them blanks,
 * tabs or commas; what follows # or % is a comment. Throws with file and line.
 */
export async function readAdjacencyList(
  file: string,
  chunks = readChunks(file),
): Promise<GraphSource> {
  const builder = createGraphBuilder();
  const fields = createFields();
  await forEachLine(file, chunks, (bytes, start, end, line) => {
    splitFields(fields, bytes, start, end, separator);
    if (fields.count === 0) return;
    const { bounds } = fields;
    const node = readLabel(bytes, bounds[0], bounds[1], file, line);
    builder.addNode(node);
    for (let i = 1; i < fields.count; i++) {
      builder.addEdge(node, readLabel(bytes, bounds[2 * i], bounds[2 * i + 1], file, line));
    }
  });
  return fileSource(file, builder.build(), new Map());
}
