// node .ci/traces.ts: one seed, one trace. Plays karate in 1, 4 and 34 processes and a published graph of 1,000 nodes in
// 4, on Node hosts, on Deno hosts and in a mix of both, and compares every file with those of memory. Needs deno.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMeasurer,
  planSimulation,
  readResources,
  runSimulations,
  type SimulationPlan,
  simulationSpec,
} from '../src/runner/index.ts';
import { startProcesses } from '../src/runner/processes.ts';
import { createDirectoryStorage } from '../src/storage/index.ts';
import { openStrategies } from '../src/strategies/index.ts';

const ALGORITHMS = ['default', 'community_probabilities_complex_memory', 'low_degree'];
const SEED = 7;
const REPETITIONS = 2;
const NODE = [process.execPath, 'bin/gossip.js'];
const DENO = ['deno', 'run', '-A', 'bin/gossip.js'];
const HOSTS: Readonly<Record<string, (index: number) => readonly string[]>> = {
  Node: () => NODE,
  Deno: () => DENO,
  'Node and Deno': (index) => (index % 2 === 0 ? NODE : DENO),
};
const CASES = [
  { file: 'examples/karate.yaml', processes: [1, 4, 34] },
  { file: 'examples/gnutella.yaml', processes: [4] },
];

let different = 0;
for (const { file, processes } of CASES) {
  const plans = await plansOf(file);
  const expected = await play(plans, null);
  for (const count of processes) {
    for (const [name, commandOf] of Object.entries(HOSTS)) {
      const begin = performance.now();
      const files = await play(plans, { count, commandOf });
      const paths = new Set([...Object.keys(files), ...Object.keys(expected)]);
      const wrong = [...paths].filter((path) => files[path] !== expected[path]);
      different += wrong.length;
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      console.log(
        `${file}, ${count} processes on ${name}: ${paths.size} files, ${wrong.length} differ (${seconds} s)`,
      );
      for (const path of wrong) console.log(`  ${path}`);
    }
  }
}
process.exitCode = different === 0 ? 0 : 1;

async function plansOf(file: string): Promise<SimulationPlan[]> {
  const { graphs } = await readResources([file]);
  const strategies = openStrategies(['examples/strategies']);
  return Promise.all(
    ALGORITHMS.map((algorithm) => {
      const spec = simulationSpec.parse({
        graphSelector: { matchLabels: {} },
        repetitions: REPETITIONS,
        algorithm,
      });
      return planSimulation({ name: algorithm, spec, place: file }, graphs, strategies, SEED);
    }),
  );
}

/** Every file that the simulations leave, but the measured ones; in memory where no hosts are given. */
async function play(
  plans: readonly SimulationPlan[],
  hosts: { count: number; commandOf: (index: number) => readonly string[] } | null,
): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-traces-'));
  const { signal } = new AbortController();
  const notice = (text: string) => console.log(`  ${text}`);
  try {
    await runSimulations(plans, {
      storage: createDirectoryStorage(folder),
      measurer: createMeasurer({ jobs: 1, exact: true, sample: null, signal, notice }),
      jobs: 1,
      processes:
        hosts === null
          ? null
          : {
              nodesPerHost: 1,
              processes: hosts.count,
              retries: 0,
              runsAtOnce: null,
              notice,
              start: (count, abort) =>
                startProcesses(count, { commandOf: hosts.commandOf, signal: abort }),
            },
      history: 'rounds',
      sample: null,
      timestamp: '2026-01-01-00-00-00',
      signal,
      notice,
      onRun() {},
    });
    return filesOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile() && entry.name !== 'timings.csv')
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}
