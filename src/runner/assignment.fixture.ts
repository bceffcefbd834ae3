import { join } from 'node:path';
import { parse } from 'yaml';
import { filesBelow, gossip, graphYaml, inFolder } from '../cli/command.fixture.ts';
import { createDirectoryStorage } from '../storage/index.ts';
import { openStrategies } from '../strategies/index.ts';
import type { Assignment } from './assignment.ts';
import { planSimulation } from './plan.ts';
import type { Surroundings } from './play-assignment.ts';
import { readResources } from './resources.ts';
import { createProgressKeeper } from './runner-progress.ts';
import { simulationSpec } from './simulation.ts';

/** Where all assignments of these tests are. */
export const NAMESPACE = 'lab';

/** For tests: a ring as lines of an adjacency list. */
export function ringLines(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, node) =>
    node === nodes - 1 ? `${node} 0` : `${node} ${node + 1}`,
  );
}

/** For tests: Graphs by name, as files have them. */
export const GRAPHS: Readonly<Record<string, string>> = {
  // Later in the order of names than of files; what it says of itself is in no order.
  wheel: graphYaml(
    'wheel',
    [...ringLines(11).map((line, node) => (node === 3 ? `${line} 20 8` : line)), '20'],
    'graphProperties:',
    '  size: "12"',
    '  density: "0.2"',
  ),
  ring: graphYaml('ring', ringLines(16), 'graphType: cycle'),
};

/** For tests: what a Simulation of these graphs plays; two combinations, five runs each. */
export const SPEC = {
  graphSelector: { matchLabels: { series: 'tests' } },
  algorithm: 'weighted_factor_memory',
  favor: 'outside',
  factor: [1.5, 3],
  repetitions: 5,
  seed: 11,
  simulationProperties: { purpose: 'parts', author: 'a test' },
};

/** For tests: a Simulation as an operator has accepted it, but for how it is played. */
export async function accepted(more: object = {}): Promise<Omit<Assignment, 'play'>> {
  const spec = simulationSpec.required({ seed: true }).parse({ ...SPEC, ...more });
  return inFolder(filesOf(more), async (folder) => {
    const { graphs } = await readResources([join(folder, 'graphs.yaml')]);
    const simulation = { name: 'sim', spec, place: 'a test' };
    const plan = await planSimulation(simulation, graphs, openStrategies(), spec.seed);
    return {
      simulation: { name: 'sim', namespace: NAMESPACE, uid: '1-2-3' },
      spec,
      timestamp: '2026-01-02-03-04-05',
      graphs: plan.graphs.map(({ source, sha256 }) => ({ name: source.name, sha256 })),
      results: 'somewhere',
      strategies: false,
    };
  });
}

/** For tests: the files that `gossip run` leaves of the same Simulation. */
export async function playedAtOnce(more: object = {}): Promise<Record<string, string>> {
  return inFolder(filesOf(more), async (folder) => {
    const results = join(folder, 'results');
    const { code, stderr } = await gossip('run', folder, '--results', results);
    if (code !== 0) throw new Error(stderr);
    return comparable(results);
  });
}

function filesOf(more: object): Record<string, string> {
  const resource = {
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name: 'sim' },
    spec: { ...SPEC, ...more },
  };
  const graphs = Object.values(GRAPHS).join('---\n');
  return { 'graphs.yaml': graphs, 'simulation.yaml': JSON.stringify(resource) };
}

/** For tests: files below a folder, without what differs each time, and where the graphs came from. */
export function comparable(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filesBelow(folder))
      .filter(([path]) => !path.endsWith('timings.csv'))
      .map(([path, text]) => [
        path,
        text
          .replace(/"timestamp": "[-0-9]+"/, '"timestamp": ""')
          .replace(/"file": "[^"]+"/g, '"file": ""'),
      ]),
  );
}

/** For tests: surroundings of a runner in this process, whose results go to a folder. */
export function surroundings(folder: string, more: Partial<Surroundings> = {}): Surroundings {
  return {
    // The API server gives maps back in the order of their names.
    readGraph: async (_, name) => sorted(parse(GRAPHS[name])),
    storage: createDirectoryStorage(folder),
    strategies: openStrategies(),
    worker: 0,
    jobs: 1,
    token: 'secret',
    domain: 'cluster.test',
    hostPort: 0,
    lookup: () => Promise.reject(new Error('there is no host')),
    progress: createProgressKeeper(),
    signal: new AbortController().signal,
    notice() {},
    ...more,
  };
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
