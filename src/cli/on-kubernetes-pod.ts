import type { V1PodSpec } from '@kubernetes/client-node';
import { inputError } from '../errors.ts';
import { type Cluster, DEPLOYMENT, JOB, type Json, type Pod } from '../kubernetes/index.ts';
import { LABELS, MANAGER } from '../operator/names.ts';

/** How the image runs the program: its ENTRYPOINT. */
export const PROGRAM: readonly string[] = ['node', '/gossip/bin/gossip.js'];
/** Nothing is done until results are asked for; and it ends by itself, whatever becomes of who asks. */
const SLEEP = ['node', '-e', 'setTimeout(() => {}, 3_600_000)'];
const LONGEST_LIFE_SECONDS = 3600;
/** The Secret with the settings of the storage. */
const STORAGE_SECRET = 'gossip-storage';
const USER = 1000;

/** What a pod takes over from those that played: how its image is found, and where it may be. */
export type Template = Pick<
  Json<V1PodSpec>,
  'nodeSelector' | 'tolerations' | 'priorityClassName' | 'imagePullSecrets'
> &
  Pick<Json<V1PodSpec>['containers'][number], 'image' | 'imagePullPolicy' | 'envFrom'>;

/** That of a pod that played one of these simulations; where those are gone, that of the operator. */
export async function templateOf(
  simulations: readonly { readonly uid: string }[],
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<Template> {
  const labels = { [LABELS.managedBy]: MANAGER };
  const jobs = await cluster.list(JOB, namespace, { labels, signal });
  const uids = simulations.map(({ uid }) => uid);
  for (const { metadata, spec } of jobs.items) {
    const owned = metadata?.ownerReferences?.some(({ uid }) => uids.includes(uid)) ?? false;
    const pod = spec?.template.spec;
    const container = pod?.containers.find(({ envFrom = [] }) => envFrom.length > 0);
    if (owned && pod !== undefined && container !== undefined) return taken(pod, container);
  }
  const operator = { [LABELS.name]: 'gossip', [LABELS.component]: 'operator' };
  for (const where of [namespace, null]) {
    const { items } = await cluster.list(DEPLOYMENT, where, { labels: operator, signal });
    const pod = items[0]?.spec?.template.spec;
    if (pod !== undefined) return taken(pod, pod.containers[0]);
  }
  throw inputError(
    `nothing in the cluster says which image fetches results: neither a Job of ${namespace} nor the operator's Deployment is there`,
  );
}

function taken(
  { nodeSelector, tolerations, priorityClassName, imagePullSecrets }: Json<V1PodSpec>,
  { image, imagePullPolicy, envFrom }: Json<V1PodSpec>['containers'][number],
): Template {
  return {
    ...{ nodeSelector, tolerations, priorityClassName, imagePullSecrets },
    ...{ image, imagePullPolicy, envFrom },
  };
}

/** A pod that waits to be told to pack results; it goes with the Simulations. */
export function fetchPod(
  name: string,
  namespace: string,
  simulations: readonly { readonly name: string; readonly uid: string }[],
  { image, imagePullPolicy, envFrom, ...where }: Template,
): Pod {
  return {
    metadata: {
      name,
      namespace,
      labels: { [LABELS.name]: 'gossip', [LABELS.component]: 'fetch' },
      ownerReferences: simulations.map(({ name, uid }) => ({
        ...{ apiVersion: 'gossip.io/v1', kind: 'Simulation', name, uid },
      })),
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: LONGEST_LIFE_SECONDS,
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...where,
      containers: [
        {
          name: 'fetch',
          image,
          imagePullPolicy,
          command: SLEEP,
          envFrom: envFrom ?? [{ secretRef: { name: STORAGE_SECRET } }],
          resources: {
            requests: { cpu: '100m', memory: '128Mi' },
            limits: { cpu: '1', memory: '1Gi' },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** Why a pod does not run, in words of Kubernetes; null: it does not say. */
export function troubleOf({ status = {} }: Pod): string | null {
  const states = status.containerStatuses?.map(({ state }) => state) ?? [];
  const container = states
    .map((state) => state?.waiting ?? state?.terminated)
    .find((state) => state !== undefined);
  const condition = status.conditions?.find(
    ({ status, message }) => status === 'False' && message !== undefined,
  );
  const { reason, message } = [container, condition, status].find(
    (said) => said?.message !== undefined || said?.reason !== undefined,
  ) ?? { reason: undefined, message: undefined };
  return [reason, message].filter((part) => part !== undefined).join(': ') || null;
}
