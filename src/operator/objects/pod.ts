import type { V1Container, V1EnvVar, V1PodSpec } from '@kubernetes/client-node';
import type { Json, Metadata } from '../../kubernetes/index.ts';
import { nodeOptions } from '../../runner/needs-pods.ts';
import { type Component, podLabels } from './labels.ts';
import type { Making } from './making.ts';

/** What a container adds to what all have. */
export type ContainerParts = Pick<Json<V1Container>, 'args' | 'resources'> &
  Partial<Json<V1Container>>;

/** A running simulation is lost with its pod; both annotations are read by those who would move it. */
const UNDISTURBED = {
  'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
  'karpenter.sh/do-not-disrupt': 'true',
};

/** A host or a runner that is told to leave has nothing to finish; what is done is stored. */
const GRACE_SECONDS = 10;
/** The image's user. */
const USER = 1000;

/**
 * The template of a pod with one container: what the restricted Pod Security Standard asks for, and what the
 * Simulation's spec.pod adds, which comes first wherever both say something.
 */
export function podTemplate(
  making: Making,
  component: Component,
  container: ContainerParts,
  more: Partial<Json<V1PodSpec>> = {},
): { metadata: Metadata; spec: Json<V1PodSpec> } {
  const { pod = {} } = making.deployment;
  return {
    metadata: {
      labels: { ...pod.labels, ...podLabels(making, component) },
      annotations: { ...UNDISTURBED, ...pod.annotations },
    },
    spec: {
      restartPolicy: 'Never',
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: GRACE_SECONDS,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...given({
        nodeSelector: pod.nodeSelector,
        tolerations: pod.tolerations,
        priorityClassName: pod.priorityClassName,
        imagePullSecrets: pod.imagePullSecrets,
      }),
      ...more,
      containers: [
        {
          name: component,
          image: making.image,
          ...given({ imagePullPolicy: making.pullPolicy }),
          terminationMessagePath: '/dev/termination-log',
          // Where a process could not say why it ended, its last lines do.
          terminationMessagePolicy: 'FallbackToLogsOnError',
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          ...container,
          env: [...(container.env ?? []), ...heapOf(container.resources)],
        },
      ],
    },
  };
}

/** Unless told, V8 gives its heap half of what a container may take. */
function heapOf(resources: ContainerParts['resources']): Json<V1EnvVar>[] {
  const memory = resources?.limits?.memory;
  return memory === undefined ? [] : [{ name: 'NODE_OPTIONS', value: nodeOptions(memory) }];
}

/** Resources of a container: what the Simulation says of one (cpu, memory …) stands instead of both our figures of it. */
export function resourcesOf(
  ours: { readonly requests: object; readonly limits: object },
  theirs: NonNullable<Making['deployment']['pod']>['resources'] = {},
): { requests: Record<string, string>; limits: Record<string, string> } {
  const said = { ...theirs.requests, ...theirs.limits };
  const unsaid = (figures: object) =>
    Object.fromEntries(Object.entries(figures).filter(([name]) => !Object.hasOwn(said, name)));
  return {
    requests: { ...unsaid(ours.requests), ...theirs.requests },
    limits: { ...unsaid(ours.limits), ...theirs.limits },
  };
}

/** The fields that have a value. */
function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
