import { inputError } from '../../errors.ts';
import { createGraphBuilder, integerOf } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { type Locate, placeOf } from './field-error.ts';
import { droppedWarning } from './file-source.ts';

const form = 'a line is a node and its neighbors, like "4 2 6,"';

/** A line of an adjacencyList without the comma at its end. */
export function withoutComma(line: string): string {
  return line.replace(/,\s*$/, '');
}

/**
 * The graph of a resource's adjacencyList, and a warning where edges were dropped. Nodes are integers, and each has a
 * line of its own. Throws with the file's line and the adjacency line.
 */
export function parseAdjacency(
  lines: readonly string[],
  name: string,
  file: string,
  locate: Locate,
): { graph: Graph; warnings: string[] } {
  const fail = (index: number, reason: string): Error => {
    const place = placeOf(file, ['spec', 'adjacencyList', index], locate);
    const message = `${place} ${JSON.stringify(excerpt(lines[index]))}: ${reason}`;
    return inputError(message, { field: `spec.adjacencyList[${index}]` });
  };
  if (lines.length === 0) {
    const place = placeOf(file, ['spec', 'adjacencyList'], locate);
    throw inputError(`${place}: the graph ${name} is empty: each node needs a line; ${form}`, {
      field: 'spec.adjacencyList',
    });
  }

  const rows = lines.map((line, index) => {
    const row: number[] = [];
    for (const word of withoutComma(line).trim().split(/\s+/)) {
      const node = integerOf(word);
      if (node >= 0) row.push(node);
      else if (word === '') throw fail(index, `the line is empty; ${form}`);
      else {
        throw fail(index, `"${excerpt(word)}" is not a node: nodes are integers from 0; ${form}`);
      }
    }
    return row;
  });

  const nodes = new Set(rows.map((row) => row[0]));
  const builder = createGraphBuilder();
  rows.forEach((row, index) => {
    const [node] = row;
    builder.addNode(node);
    for (let i = 1; i < row.length; i++) {
      if (!nodes.has(row[i])) {
        throw fail(index, `neighbor ${row[i]} of node ${node} is not a node: give it a line`);
      }
      builder.addEdge(node, row[i]);
    }
  });
  const built = builder.build();
  return { graph: built.graph, warnings: droppedWarning(`${file}: graph ${name}`, built) };
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
