import {
  type Cluster,
  connectKubernetes,
  openCluster,
  RESOURCE_QUOTA,
} from '../kubernetes/index.ts';
import type { Quota } from '../runner/index.ts';
import type { KubernetesFlags } from './on-kubernetes-flags.ts';

/** The ResourceQuotas of the namespace that flags name, by kubeconfig. */
export async function quotasOfFlags({ namespace, context }: KubernetesFlags): Promise<Quota[]> {
  const connection = await connectKubernetes(process.env, context);
  const cluster = openCluster(connection, { fieldManager: 'gossip-plan' });
  try {
    return await quotasIn(cluster, namespace ?? cluster.namespace);
  } finally {
    cluster.close();
  }
}

/** The ResourceQuotas of a namespace. */
export async function quotasIn(cluster: Cluster, namespace: string): Promise<Quota[]> {
  const { items } = await cluster.list(RESOURCE_QUOTA, namespace);
  return items.map(({ metadata, spec = {} }) => ({
    name: metadata?.name ?? '',
    hard: spec.hard ?? {},
    scoped: spec.scopes !== undefined || spec.scopeSelector !== undefined,
  }));
}
