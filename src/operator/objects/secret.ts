import type { NetworkPolicy, Secret } from '../../kubernetes/index.ts';
import { assignmentOf } from './assignment.ts';
import { labelsOf } from './labels.ts';
import { type Making, namesFor } from './making.ts';

/**
 * The token that hosts ask for, and the runner's assignment. The NetworkPolicy owns it, since the operator may only
 * create Secrets: who deletes the policy removes it.
 */
export function secretOf(making: Making, policy: NetworkPolicy, token: string): Secret {
  const { name = '', uid = '' } = policy.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: namesFor(making).secret,
      namespace: making.simulation.namespace,
      labels: labelsOf(making),
      ownerReferences: [
        { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name, uid, controller: true },
      ],
    },
    type: 'Opaque',
    immutable: true,
    stringData: { token, 'assignment.json': JSON.stringify(assignmentOf(making)) },
  };
}
