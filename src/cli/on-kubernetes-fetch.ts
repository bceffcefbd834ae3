import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GossipError } from '../errors.ts';
import { execute } from '../kubernetes/exec.ts';
import { type Cluster, type Connection, POD } from '../kubernetes/index.ts';
import { unpackSimulation } from '../results/index.ts';
import type { Storage } from '../storage/index.ts';
import { fetchPod, PROGRAM, templateOf, troubleOf } from './on-kubernetes-pod.ts';

/** How a simulation in the cluster is known. */
export interface Source {
  readonly name: string;
  readonly uid: string;
  /** Where its results are, such as s3://simulations/name-0123abcd. */
  readonly results: string;
}

export interface Fetching {
  readonly connection: Pick<Connection, 'kubeConfig' | 'server'>;
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}

/** How long the pod may take to run, in milliseconds. */
const DEADLINE = 300_000;
const LOOK_EVERY = 200;
/** How often it is tried: a connection may break. */
const ATTEMPTS = 3;
/** It is one's own cluster, and a disk's size ends it. */
const NO_LIMIT = Number.POSITIVE_INFINITY;

/**
 * Brings the results of simulations here: a pod in the cluster, which reaches the storage there, packs them, and they
 * come through the API server. What is here already is not overwritten. The pod is removed at the end; it also goes
 * with the Simulations.
 */
export async function fetchResults(
  sources: readonly Source[],
  storage: Storage,
  fetching: Fetching,
): Promise<void> {
  const { cluster, namespace, signal } = fetching;
  const pod = `gossip-fetch-${randomBytes(4).toString('hex')}`;
  const template = await templateOf(sources, cluster, namespace, signal);
  const folder = await mkdtemp(join(tmpdir(), 'gossip-fetch-'));
  try {
    await cluster.create(POD, fetchPod(pod, namespace, sources, template), { signal });
    await running(pod, fetching);
    for (const { results } of sources) {
      const file = join(folder, 'results.tar.gz');
      await download(results, pod, file, fetching);
      await unpackSimulation(file, storage, NO_LIMIT, signal);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    const remove = cluster.delete(POD, { name: pod, namespace }, { gracePeriodSeconds: 0 });
    // It goes with the Simulation, too, so nobody need be alarmed.
    await remove.catch(() => {});
  }
}

async function running(name: string, { cluster, namespace, signal }: Fetching): Promise<void> {
  for (const end = performance.now() + DEADLINE; ; ) {
    const pod = await cluster.get(POD, { name, namespace }, { signal });
    const { phase = 'Pending' } = pod?.status ?? {};
    if (phase === 'Running') return;
    const trouble = pod === null ? 'somebody deleted it' : troubleOf(pod);
    if (pod === null || phase !== 'Pending' || performance.now() > end) {
      throw new GossipError(
        'failed',
        `the pod that fetches results (${name} in ${namespace}) does not run: ${trouble ?? `it is ${phase}`}; the same command tries it again`,
      );
    }
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function download(
  results: string,
  pod: string,
  file: string,
  { connection, namespace, signal, notice }: Fetching,
): Promise<void> {
  const command = [...PROGRAM, 'results', 'export', results, '--output', '-'];
  const container = { namespace, pod, container: 'fetch' };
  for (let attempt = 1; ; attempt++) {
    try {
      return await execute(connection, container, command, createWriteStream(file), signal);
    } catch (error) {
      signal.throwIfAborted();
      const passing = error instanceof GossipError && error.code === 'failed';
      if (!passing || attempt === ATTEMPTS) throw error;
      notice(`${error.message}; trying again …`);
    }
  }
}
