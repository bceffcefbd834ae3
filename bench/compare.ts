import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Graph } from '../src/graph/index.ts';
import type { Host } from '../src/host/index.ts';
import { median } from '../src/statistics/index.ts';
import { type CRun, checksumOf, runC, writeInput } from './c-loop.ts';
import {
  benchGraph,
  benchHost,
  playRun,
  REPETITION,
  type Run,
  randomWeights,
  roundKeys,
  speed,
} from './workload.ts';

const SIZES = [2 ** 20, 2 ** 22];
const PAIRS = 5;

/** A way to choose partners, and the host that does. */
type Choice = readonly [name: string, host: (graph: Graph) => Promise<Host>];
const CHOICES: readonly Choice[] = [
  ['uniform', (graph) => benchHost(graph, null, 'none')],
  ['fixed weights', (graph) => benchHost(graph, randomWeights(graph), 'none')],
  ['complex memory', (graph) => benchHost(graph, null, 'complex')],
];

/**
 * Prints the speed of each way to choose at each size, beside the C loop's where there is a program; `folder` takes the
 * graphs that are handed to it. Throws where the C loop did other exchanges than uniform choice.
 */
export async function compare(program: string | null, folder: string): Promise<void> {
  row('nodes', 'choice', 'rounds', 'ours', 'C', 'ours/C', 'least–greatest');
  for (const nodeCount of SIZES) {
    const graph = benchGraph(nodeCount);
    const host = await benchHost(graph, null, 'none');
    const { rounds } = await playRun(host);
    const input = join(folder, 'input');
    if (program !== null) {
      await host.reset(REPETITION);
      writeInput(input, graph, roundKeys(graph, rounds), await host.values());
    }
    for (const choice of CHOICES) {
      const pairs = await measure(choice, graph, rounds, () =>
        program === null ? null : runC(program, input),
      );
      row(nodeCount.toLocaleString('en'), choice[0], `${rounds}`, ...summary(pairs));
    }
    rmSync(input, { force: true });
  }
}

/** Million exchanges a second of one run of ours and the run of C after it. */
interface Pair {
  readonly ours: number;
  readonly c: number | null;
}

async function measure(
  [name, makeHost]: Choice,
  graph: Graph,
  rounds: number,
  playC: () => Promise<CRun> | null,
): Promise<Pair[]> {
  const host = await makeHost(graph);
  await playRun(host, rounds); // warm-up
  const pairs: Pair[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const run = await playRun(host, rounds);
    const c = await playC();
    if (c !== null && name === 'uniform') requireEqual(run, await checksumOf(host), c);
    const { exchanges } = run;
    pairs.push({ ours: speed(run), c: c && speed({ exchanges, seconds: c.seconds }) });
  }
  return pairs;
}

function requireEqual(run: Run, checksum: number, c: CRun): void {
  if (run.useful === c.useful && checksum === c.checksum) return;
  throw new Error(
    `the C loop did other work than ours: ${c.useful} useful exchanges and checksum ${c.checksum}, ` +
      `where ours has ${run.useful} and ${checksum}; uniform.c must draw and exchange as src/host does`,
  );
}

function summary(pairs: readonly Pair[]): string[] {
  const ours = median(pairs.map((pair) => pair.ours)).toFixed(1);
  const compared = pairs.flatMap((pair) => pair.c ?? []);
  if (compared.length === 0) return [ours, '-', '-', '-'];
  const ratios = compared.map((c, pair) => pairs[pair].ours / c);
  const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  return [ours, median(compared).toFixed(1), median(ratios).toFixed(2), range];
}

function row(nodes: string, choice: string, ...figures: string[]): void {
  const widths = [6, 8, 8, 8, 16];
  const cells = figures.map((figure, i) => figure.padStart(widths[i]));
  console.log([nodes.padStart(10), choice.padEnd(14), ...cells].join('  '));
}
