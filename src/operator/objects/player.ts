import type { V1PodSpec } from '@kubernetes/client-node';
import type { Json } from '../../kubernetes/index.ts';
import { type Making, namesFor } from './making.ts';
import type { ContainerParts } from './pod.ts';

/** Where a runner or a worker says how far it is. */
export const PROGRESS_PORT = 8080;
/** The account of those pods: it may `get` Graphs, and nothing else. */
const ACCOUNT = 'gossip-runner';

const ASSIGNMENT = '/etc/gossip';
const STRATEGIES = '/etc/gossip-strategies';
const TERMINATION_LOG = '/dev/termination-log';

/** The container of a pod that plays an assignment: a runner, or a worker. */
export function playerContainer(
  making: Making,
  resources: ContainerParts['resources'],
): ContainerParts {
  const { secret } = namesFor(making);
  const { strategies } = making.deployment;
  return {
    args: [
      'runner',
      '--assignment',
      `${ASSIGNMENT}/assignment.json`,
      ...(strategies === undefined ? [] : ['--strategies', STRATEGIES]),
    ],
    env: [
      { name: 'GOSSIP_TOKEN', valueFrom: { secretKeyRef: { name: secret, key: 'token' } } },
      { name: 'GOSSIP_TERMINATION_LOG', value: TERMINATION_LOG },
    ],
    envFrom: [{ secretRef: { name: making.storageSecret } }],
    ports: [{ name: 'progress', containerPort: PROGRESS_PORT }],
    resources,
    volumeMounts: [
      { name: 'assignment', mountPath: ASSIGNMENT, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
      ...(strategies === undefined
        ? []
        : [{ name: 'strategies', mountPath: STRATEGIES, readOnly: true }]),
    ],
  };
}

/** What the pod of such a container has. */
export function playerPod(making: Making): Partial<Json<V1PodSpec>> {
  const { strategies } = making.deployment;
  return {
    serviceAccountName: ACCOUNT,
    automountServiceAccountToken: true,
    volumes: [
      {
        name: 'assignment',
        secret: {
          secretName: namesFor(making).secret,
          items: [{ key: 'assignment.json', path: 'assignment.json' }],
        },
      },
      { name: 'tmp', emptyDir: {} },
      ...(strategies === undefined
        ? []
        : [{ name: 'strategies', configMap: { name: strategies } }]),
    ],
  };
}
