/** What it costs the API server of a cluster and its operator that something happens. */
import { type ApiFigures, apiFigures, growth, total } from './api-figures.ts';

/** How much more there is of each after it than before. */
export interface Cost {
  readonly seconds: number;
  readonly everybody: ReadonlyMap<string, number>;
  readonly operator: ReadonlyMap<string, number>;
  readonly cpu: number;
  readonly stored: number;
}

const MEBIBYTE = 2 ** 20;
/** So many kinds of requests are named. */
const MOST_NAMED = 12;

/** What an action costs; that of looking is in it. */
export async function costOf(action: () => Promise<unknown>): Promise<Cost> {
  const before = apiFigures();
  const begin = performance.now();
  await action();
  const seconds = (performance.now() - begin) / 1000;
  const after = apiFigures();
  const more = (of: (figures: ApiFigures) => number) => of(after) - of(before);
  return {
    seconds,
    everybody: growth(before.everybody, after.everybody),
    operator: growth(before.operator, after.operator),
    cpu: more(({ cpu }) => cpu),
    stored: more(({ stored }) => stored),
  };
}

/** Prints it. */
export function tell(what: string, { seconds, everybody, operator, cpu, stored }: Cost): void {
  print(`${what}: ${seconds.toFixed(1)} s, etcd's file ${mebibytes(stored)} larger`);
  print(
    `  the operator: ${cpu.toFixed(2)} s of CPU, ${total(operator)} requests: ${named(operator)}`,
  );
  print(`  everybody: ${total(everybody)} requests: ${named(everybody)}`);
}

function named(counts: ReadonlyMap<string, number>): string {
  const all = [...counts].map(([key, count]) => `${count} ${key}`);
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more kinds` : '';
  return all.slice(0, MOST_NAMED).join(', ') + more;
}

/** Bytes as people read them. */
export function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

/** Prints a line below what was checked. */
export function print(text: string): void {
  console.log(`      ${text}`);
}
