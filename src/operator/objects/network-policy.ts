import type { NetworkPolicy } from '../../kubernetes/index.ts';
import { HOST_PORT, PEER_PORT } from './hosts-job.ts';
import { ownedMetadata, podLabels } from './labels.ts';
import { type Making, namesFor, onHosts } from './making.ts';

/**
 * Who reaches the pods: hosts are reached by their runner and their peers, workers by nobody. Those who ask how far
 * runners and workers are have a policy of their own. It is made first, since it owns the Secret.
 */
export function networkPolicy(making: Making): NetworkPolicy {
  const from = (component: 'host' | 'runner') => [
    { podSelector: { matchLabels: podLabels(making, component) } },
  ];
  const port = (number: number) => [{ protocol: 'TCP', port: number }];
  const hosts = onHosts(making.deployment);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: ownedMetadata(making, namesFor(making).hosts),
    spec: {
      podSelector: { matchLabels: podLabels(making, hosts ? 'host' : 'worker') },
      policyTypes: ['Ingress'],
      ingress: hosts
        ? [
            { from: from('runner'), ports: port(HOST_PORT) },
            { from: from('host'), ports: port(PEER_PORT) },
          ]
        : [],
    },
  };
}
