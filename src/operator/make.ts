import { randomBytes } from 'node:crypto';
import {
  type Cluster,
  JOB,
  type Job,
  NETWORK_POLICY,
  SECRET,
  SERVICE,
} from '../kubernetes/index.ts';
import { namesOf } from './names.ts';
import {
  hostsJob,
  hostsService,
  type Making,
  networkPolicy,
  onHosts,
  runnerJob,
  secretOf,
  workersJob,
} from './objects/index.ts';
import type { Removal, SeenSimulation } from './observation.ts';

const TOKEN_BYTES = 32;

/**
 * Makes what a graph is played by. What is there already stays: a Secret cannot be changed, and neither can the pods of
 * a Job. The runner comes last, so that where it is there, all is.
 */
export async function make(
  cluster: Cluster,
  making: Making,
  there: readonly Job[],
  signal: AbortSignal,
): Promise<void> {
  const policy = await cluster.apply(NETWORK_POLICY, networkPolicy(making), { signal });
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await cluster.create(SECRET, secretOf(making, policy, token), { signal });
  const hosted = onHosts(making.deployment);
  if (hosted) await cluster.apply(SERVICE, hostsService(making), { signal });
  for (const job of hosted ? [hostsJob(making), runnerJob(making)] : [workersJob(making)]) {
    const isThere = there.some(({ metadata }) => metadata?.name === job.metadata?.name);
    if (!isThere) await cluster.apply(JOB, job, { signal });
  }
}

/** Removes what a decision says. Jobs are there until their pods are gone, so that none of these meets its successor. */
export async function remove(
  cluster: Cluster,
  simulation: SeenSimulation,
  { graph, hosts, runner, policy }: Removal,
  signal: AbortSignal,
): Promise<void> {
  const { namespace } = simulation;
  const names = namesOf(simulation, graph);
  if (policy) await cluster.delete(NETWORK_POLICY, { namespace, name: names.hosts }, { signal });
  if (hosts) await cluster.delete(SERVICE, { namespace, name: names.hosts }, { signal });
  const jobs = [...(runner ? [names.runner] : []), ...(hosts ? [names.hosts] : [])];
  for (const name of jobs) {
    await cluster.delete(JOB, { namespace, name }, { propagation: 'Foreground', signal });
  }
}
