import { type Comparison, LIMIT, UNUSUAL } from './compare.ts';
import type { Group } from './runs.ts';

/** A group as it was compared. */
export interface Row {
  readonly group: Group;
  readonly comparison: Comparison;
}

/** Whether the group can tell anything of ours. */
export function isJudged({ group, comparison }: Row): boolean {
  return group.comparable && comparison.graphs > 1;
}

const HEAD = [
  'series',
  'algorithm',
  'parameters',
  'graphs',
  'runs',
  'published',
  'ours',
  'difference',
  't',
  'z',
  'z of logs',
  'would catch',
  '',
];
/** Text begins at the left of its column, numbers end at the right. */
const isText = (column: number) => column < 3 || column === HEAD.length - 1;

/** What is said above the table. */
export const EXPLANATION = `Rounds, each graph counting alike. difference: mean over graphs of published - ours.
t: difference over its standard error across graphs; a graph's published runs are one cluster, since they share a partition.
z: t as a normal variable of the same probability (Student's distribution, graphs - 1 degrees of freedom), so that 3 and 4
mean the same chance for 5 graphs as for 17. z of logs: the same for the logarithms of rounds, where slow graphs count no more than others.
would catch: the smallest true difference that gives |z| >= 4 in 90 % of such comparisons.`;

/** The comparisons as people read them; those that are not judged say so. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = (text: string, column: number) =>
    isText(column) ? text.padEnd(widths[column]) : text.padStart(widths[column]);
  return lines.map((line) => line.map(padded).join('  ').trimEnd()).join('\n');
}

function cells(row: Row): string[] {
  const { group, comparison } = row;
  const runs = [...group.rounds.values()].reduce((sum, { length }) => sum + length, 0);
  const { graphs, published, ours, difference, t, z, zOfLogs, caught } = comparison;
  const numbers = [published, ours, difference, t, z, zOfLogs, caught];
  return [
    group.series,
    group.algorithm,
    parametersOf(group),
    String(graphs),
    String(runs),
    ...numbers.map((number) => number.toFixed(2)),
    noteOf(row),
  ];
}

function noteOf(row: Row): string {
  if (!row.group.comparable) return 'not judged: it began with lowered weights';
  if (!isJudged(row)) return 'not judged: one graph';
  const largest = Math.max(Math.abs(row.comparison.z), Math.abs(row.comparison.zOfLogs));
  if (largest >= LIMIT) return `|z| is ${LIMIT} or more`;
  return largest >= UNUSUAL ? `|z| is ${UNUSUAL} or more` : '';
}

function parametersOf(group: Group): string {
  const { factor, priorPartnerFactor, weightingParamA, execution } = group;
  return [
    ...(factor === null ? [] : [`factor ${factor}`]),
    ...(priorPartnerFactor === null ? [] : [`prior ${priorPartnerFactor}`]),
    ...(weightingParamA === null ? [] : [`a ${weightingParamA}`]),
    ...(execution === '' ? [] : [execution]),
  ].join(' ');
}
