import { inputError } from '../../errors.ts';
import type { BuiltGraph } from '../builder.ts';
import type { GraphSource } from '../source.ts';
import { nameFromFile } from './name.ts';

/** What a file holds and a simulation does not use: how often, by what it is ("edge weight"). */
export type Unused = Map<string, number>;

const mostNames = 20;

/** Counts one more of something that is not used. A file with hundreds of kinds has the rest of them in one. */
export function countUnused(unused: Unused, name: string, times = 1): void {
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  const key = unused.has(short) || unused.size < mostNames ? short : 'others';
  unused.set(key, (unused.get(key) ?? 0) + times);
}

/** The source that a file of a format other than YAML is. */
export function fileSource(file: string, built: BuiltGraph, unused: Unused): GraphSource {
  if (built.graph.nodeCount === 0) {
    throw inputError(`${file}: the graph is empty: there is no node and no edge in it`);
  }
  return {
    name: nameFromFile(file),
    labels: {},
    graph: built.graph,
    graphType: 'undefined',
    valueList: null,
    properties: {},
    adjacencyText: null,
    file,
    warnings: [...unusedWarning(file, unused), ...droppedWarning(file, built)],
  };
}

/** One sentence on self-loops and double edges, or none. */
export function droppedWarning(where: string, { loops, doubles }: BuiltGraph): string[] {
  if (loops === 0 && doubles === 0) return [];
  return [
    `${where}: dropped ${count(loops, 'self-loop')} and ${count(doubles, 'double edge')} (gossip has no use for them).`,
  ];
}

function unusedWarning(where: string, unused: Unused): string[] {
  if (unused.size === 0) return [];
  const names = [...unused].map(([name, times]) => `${name} (${times})`);
  return [`${where}: weights and attributes are not used: ${names.join(', ')}.`];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
