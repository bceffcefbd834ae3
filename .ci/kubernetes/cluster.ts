/** The cluster that KUBECONFIG names, by kubectl, for checks of what is installed there from deploy/try. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { objectsOf } from '../objects.ts';

/** Where deploy/try is installed. */
export const NAMESPACE = 'gossip';

/** What is made for Simulations: nothing of these kinds is left once they are deleted. */
const KINDS = 'pods,jobs,services,secrets,networkpolicies,configmaps,endpointslices';
const MADE = 'app.kubernetes.io/managed-by=gossip-operator';
const LARGEST_ANSWER = 2 ** 28;

/** A Simulation as the API server tells it. */
export interface Simulation {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly status?: {
    readonly state?: string;
    readonly seed?: number;
    readonly progress?: string;
    readonly results?: string;
    readonly hosts?: { readonly ready: number; readonly total: number };
    readonly runs?: { readonly done: number; readonly total: number };
    readonly conditions?: readonly Condition[];
  };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** What kubectl prints; throws with what it said where it fails. */
export function kubectl(args: readonly string[], input?: string): string {
  return execFileSync('kubectl', args, {
    encoding: 'utf8',
    input,
    maxBuffer: LARGEST_ANSWER,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
}

/** The same in the namespace of the checks, as JSON. */
export function read<T>(...args: readonly string[]): T {
  return JSON.parse(kubectl(['-n', NAMESPACE, ...args, '-o', 'json']));
}

/** Applies resources, or the files at paths, these as people do; larger ones only the API server can apply. */
export function apply(...resources: readonly (object | string)[]): void {
  for (const resource of resources) {
    if (typeof resource === 'string') kubectl(['-n', NAMESPACE, 'apply', '-f', resource]);
    else kubectl(['-n', NAMESPACE, 'apply', '--server-side', '-f', '-'], JSON.stringify(resource));
  }
}

/** A Simulation of the graphs with these labels, of the fields of a spec. */
export function simulationOf(
  name: string,
  matchLabels: Readonly<Record<string, string>>,
  spec: object,
): object {
  return {
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name },
    spec: { graphSelector: { matchLabels }, ...spec },
  };
}

/** Deletes Simulations and waits until nothing is left that was made for them. */
export async function remove(...names: readonly string[]): Promise<void> {
  kubectl(['-n', NAMESPACE, 'delete', 'simulation', '--ignore-not-found', ...names]);
  for (const name of names) {
    await until(`nothing of ${name} is left`, 120, () => leftOf(name).length === 0);
  }
}

/** What there is of the objects made for a Simulation. */
export function leftOf(name: string): string[] {
  const label = `${MADE},gossip.io/simulation=${name}`;
  const said = kubectl(['-n', NAMESPACE, 'get', KINDS, '-l', label, '-o', 'name']);
  return said.split('\n').filter((line) => line !== '');
}

/** Waits until a probe says true; throws what was waited for, and what the probe last said, after some seconds. */
export async function until(
  what: string,
  seconds: number,
  probe: () => unknown | Promise<unknown>,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (await probe()) return;
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(250);
  }
}

/** A Simulation, as it is now. */
export function simulation(name: string): Simulation {
  return read<Simulation>('get', 'simulation', name);
}

/** A Simulation when it has ended, or was refused. */
export async function ended(
  name: string,
  seconds: number,
  ends: readonly string[] = ['Complete', 'Failed', 'Refused'],
): Promise<Simulation> {
  let last: Simulation | null = null;
  const isOver = () => {
    last = simulation(name);
    return ends.includes(last.status?.state ?? '');
  };
  try {
    await until(`the end of ${name}`, seconds, isOver);
  } catch (error) {
    throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}`, { cause: error });
  }
  return last!;
}

/** What the conditions of a Simulation that ended otherwise say; [] where it is complete. */
export function notComplete({ status }: Simulation): string[] {
  if (status?.state === 'Complete') return [];
  const said = (status?.conditions ?? []).map(
    ({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`,
  );
  return [`it is ${status?.state ?? 'without a state'}`, ...said];
}

/** The storage of deploy/try, reached through the API server while the action lasts. */
export async function withStorage<T>(action: (storage: Storage) => Promise<T>): Promise<T> {
  const args = [
    '-n',
    NAMESPACE,
    'port-forward',
    '--address',
    '127.0.0.1',
    'service/minio',
    ':9000',
  ];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      const hear = (data: Buffer) => {
        said += data;
        const [, port] = said.match(/127\.0\.0\.1:(\d+) ->/) ?? [];
        if (port !== undefined) resolve(port);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`port-forward left with ${code}: ${said}`)));
    });
    const { data } = read<{ data: Record<string, string> }>('get', 'secret', 'gossip-storage');
    const environment = Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
    return await action(
      await openStorage('s3://simulations', {
        ...environment,
        MINIO_ENDPOINT: `127.0.0.1:${port}`,
      }),
    );
  } finally {
    child.kill();
  }
}

/** The objects of a Simulation that is complete, without times and the places that graphs were read from. */
export async function objectsInCluster({ status }: Simulation): Promise<Map<string, string>> {
  const folder = (status?.results ?? '').split('/').pop();
  if (!folder) throw new Error(`status.results names no folder: ${status?.results}`);
  return withStorage(async (storage) => withoutPlaces(await objectsOf(storage, `${folder}/`)));
}

/** The same of what `gossip run` in memory leaves under a seed: of resources, of files at paths, and with further flags. */
export async function objectsInMemory(
  resources: readonly (object | string)[],
  seed: number,
  flags: readonly string[] = [],
): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-memory-'));
  try {
    const results = join(folder, 'results');
    const paths = resources.map((resource, index) => {
      if (typeof resource === 'string') return resource;
      const path = join(folder, `${index}.json`);
      writeFileSync(path, JSON.stringify(resource));
      return path;
    });
    const args = ['run', ...paths, '--seed', String(seed), '--results', results, ...flags];
    execFileSync(process.execPath, ['bin/gossip.js', ...args], { stdio: 'pipe', encoding: 'utf8' });
    return withoutPlaces(await objectsOf(await openStorage(results, {})));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same without the places that graphs were read from. */
export function withoutPlaces(objects: Map<string, string>): Map<string, string> {
  for (const [key, text] of objects) {
    if (!key.endsWith('/manifest.json')) continue;
    objects.set(key, text.replaceAll(/"file": "[^"]*"/g, '"file": ""'));
  }
  return objects;
}

/** A Graph: a circle of so many nodes, each tied to its next, second and seventh as well as to those before. */
export function circle(name: string, nodes: number): object {
  const lines = Array.from({ length: nodes }, (_, node) => {
    const later = [1, 2, 7].map((step) => (node + step) % nodes);
    return `${[node, ...later].join(' ')},`;
  });
  return {
    apiVersion: 'gossip.io/v1',
    kind: 'Graph',
    metadata: { name },
    spec: { adjacencyList: lines },
  };
}

/** A Job of pods in which a bare Node does nothing, ready when it runs. */
export function idle(name: string, pods: number): object {
  const { image } = read<{
    spec: { template: { spec: { containers: { image: string }[] } } };
  }>('get', 'deployment', 'gossip-operator').spec.template.spec.containers[0];
  const container = {
    name: 'idle',
    image,
    command: ['node', '-e', 'process.on("SIGTERM", process.exit); setInterval(() => {}, 1e6)'],
    resources: { requests: { cpu: '1m', memory: '32Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      completionMode: 'Indexed',
      completions: pods,
      parallelism: pods,
      template: { spec: { restartPolicy: 'Never', containers: [container] } },
    },
  };
}
