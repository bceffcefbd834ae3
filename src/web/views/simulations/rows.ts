import type { Simulation } from '../../../gen/gossip/v1/simulation_pb.ts';

/** What simulations can be sorted by. */
export const COLUMNS = ['name', 'algorithm', 'graphs', 'seed', 'runs', 'began'] as const;

export type Column = (typeof COLUMNS)[number];

/** An order of simulations. */
export interface Sort {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** What is searched. */
type Row = Pick<
  Simulation,
  'folder' | 'name' | 'algorithm' | 'graphs' | 'seed' | 'finished' | 'timestamp'
>;

const NEWEST_FIRST: Sort = { column: 'began', isDescending: true };

/** The order that a URL's parameter names, such as "name" or "-began"; the newest first where it names none. */
export function parseSort(text: string | null): Sort {
  const [, minus, name] = /^(-?)(.*)$/s.exec(text ?? '')!;
  const column = COLUMNS.find((known) => known === name);
  return column === undefined ? NEWEST_FIRST : { column, isDescending: minus === '-' };
}

/** The inverse of parseSort; empty for the order that goes without saying. */
export function sortParam({ column, isDescending }: Sort): string {
  const isUsual = column === NEWEST_FIRST.column && isDescending === NEWEST_FIRST.isDescending;
  return isUsual ? '' : `${isDescending ? '-' : ''}${column}`;
}

/** The order after a click on a column: turned around if it was sorted by it, else with what is looked for first on top. */
export function sortBy(column: Column, before: Sort): Sort {
  if (before.column === column) return { column, isDescending: !before.isDescending };
  return { column, isDescending: column === 'began' || column === 'runs' };
}

/** Those in which each word of the filter stands in the name, the algorithm, a graph or the seed, in upper or lower case. */
export function filtered<T extends Row>(rows: readonly T[], filter: string): readonly T[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ name, folder, algorithm, graphs, seed }) => {
    const texts = [name, folder, algorithm, ...graphs, `${seed ?? ''}`];
    const lower = texts.map((text) => text.toLowerCase());
    return words.every((word) => lower.some((text) => text.includes(word)));
  });
}

/** In an order; those that are the same in it by their folders. */
export function sorted<T extends Row>(rows: readonly T[], { column, isDescending }: Sort): T[] {
  const direction = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(row, column) }))
    .sort((a, b) => direction * compare(a.key, b.key) || compare(a.row.folder, b.row.folder))
    .map(({ row }) => row);
}

function keyOf(row: Row, column: Column): string | number | bigint {
  switch (column) {
    case 'seed':
      return row.seed ?? -1;
    case 'runs':
      return row.finished;
    case 'began':
      return row.timestamp;
    case 'graphs':
      return row.graphs.join(' ');
    default:
      return row[column];
  }
}

function compare(a: string | number | bigint, b: string | number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
