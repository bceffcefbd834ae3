import { benchGraph, benchHost, DEGREE, playRun, speed } from './workload.ts';

const NODES = 10_000_000;
const MOST_MEMORY = 3 * 2 ** 30;

/** Plays `default` to convergence on a large graph, and throws where the process took more memory than it may. */
export async function playLarge(): Promise<void> {
  console.log(`${NODES.toLocaleString('en')} nodes of degree ${DEGREE}, default, to convergence`);
  const begin = performance.now();
  const graph = benchGraph(NODES);
  const generated = (performance.now() - begin) / 1000;
  const host = await benchHost(graph, null, 'none');
  const run = await playRun(host);
  // maxRSS is in KiB.
  const memory = process.resourceUsage().maxRSS * 1024;
  const lines = [
    ['rounds', `${run.rounds}`],
    ['seconds', `${run.seconds.toFixed(2)} (and ${generated.toFixed(1)} to make the graph)`],
    ['million exchanges/s', speed(run).toFixed(1)],
    ['peak memory', `${(memory / 2 ** 30).toFixed(2)} GiB, making the graph included`],
  ];
  for (const [name, value] of lines) console.log(`${name.padEnd(20)} ${value}`);
  if (memory > MOST_MEMORY) throw new Error('the peak is above 3 GiB');
}
