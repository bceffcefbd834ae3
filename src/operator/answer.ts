import { GossipError } from '../errors.ts';
import { type Cluster, type Job, KubernetesError, RESOURCE_QUOTA } from '../kubernetes/index.ts';
import type { Limits } from '../runner/index.ts';
import { accept, refusal } from './accept.ts';
import type { Acceptance } from './acceptance.ts';
import { endingOf, explainJob } from './job-pods.ts';
import { namesOf } from './names.ts';
import type { Observation, Question } from './observation.ts';
import { readGraphs } from './read-graphs.ts';
import type { Hands } from './settings.ts';

/** Looks up what a decision asks for. */
export async function answer(
  question: Question,
  seen: Observation,
  hands: Hands,
): Promise<Observation['answers']> {
  const { cluster, signal } = hands;
  const { simulation, jobs } = seen;
  const names = namesOf(simulation, simulation.status.graphs?.done ?? 0);
  const named = (name: string) => jobs.find(({ metadata }) => metadata?.name === name);
  const hosts = named(names.hosts);
  // Where workers play, they are both.
  const player = named(names.runner) ?? hosts;
  const explained = async (job: Job | undefined) =>
    job === undefined ? 'they are gone' : explainJob(cluster, job, signal);
  switch (question) {
    case 'acceptance':
      return { acceptance: await acceptance(seen, hands) };
    case 'ending':
      return { ending: player === undefined ? null : await endingOf(cluster, player, signal) };
    case 'crash':
      return { crash: await explained(player) };
    case 'missing':
      return { missing: await explained(hosts) };
  }
}

async function acceptance({ simulation }: Observation, hands: Hands): Promise<Acceptance> {
  const { name, namespace, asked } = simulation;
  if (typeof asked === 'string') return { accepted: false, reason: 'InvalidSpec', message: asked };
  const { cluster, settings, signal } = hands;
  const { matchLabels } = asked.spec.graphSelector;
  try {
    const selected = await readGraphs(cluster, namespace, matchLabels, signal);
    const quotas = await quotasOf(cluster, namespace, signal);
    const limits = { hosts: settings.mostHosts, quotas };
    return await accept({ name, namespace, ...asked, selected, limits });
  } catch (error) {
    if (error instanceof KubernetesError || !(error instanceof GossipError)) throw error;
    return refusal(error);
  }
}

async function quotasOf(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<Limits['quotas']> {
  const { items } = await cluster.list(RESOURCE_QUOTA, namespace, { signal });
  return items.map(({ metadata, spec = {} }) => ({
    name: metadata?.name ?? '',
    hard: spec.hard ?? {},
    scoped: spec.scopes !== undefined || spec.scopeSelector !== undefined,
  }));
}
