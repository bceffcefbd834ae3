import { z } from 'zod';
import { mapOf, type Rule, withRules } from '../schema.ts';

const longestName = 253;
/** A prefix, a slash and a name. */
const longestKey = 317;
const longestLabel = 63;
const longestText = 1000;
const mostEntries = 100;
const mostResources = 20;
const name = z.string().min(1).max(longestName);
const text = z.string().max(longestText);

const label = z
  .string()
  .max(longestLabel)
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, {
    error: 'a label is letters and digits, with "-", "_" and "." between them',
  });
const error = 'a quantity is a whole number, or text such as "500m" and "64Mi"';
const quantity = z
  .union(
    [
      z.int().min(0, error),
      z
        .string()
        .max(longestLabel)
        .regex(/^([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$/, error),
    ],
    error,
  )
  .transform(String);
const quantities = mapOf(longestKey, quantity, mostResources);

/** By these the operator and the Job controller find their pods. */
const ownKeys = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/component',
  'controller-uid',
  'job-name',
];
/** The last would turn off what confines a container. */
const ownPrefixes = [
  'gossip.io/',
  'batch.kubernetes.io/',
  'container.apparmor.security.beta.kubernetes.io/',
];
const isOwn = (key: string) =>
  ownKeys.includes(key) || ownPrefixes.some((prefix) => key.startsWith(prefix));
const ownCel = [
  `key in ${JSON.stringify(ownKeys)}`,
  ...ownPrefixes.map((prefix) => `key.startsWith(${JSON.stringify(prefix)})`),
].join(' || ');

const notOwn: Rule<Record<string, string>> = {
  message: `keys that the operator needs cannot be set: ${ownKeys.join(', ')} and all that begin with ${ownPrefixes.join(', ')}`,
  holds: (map) => !Object.keys(map).some(isOwn),
  cel: `!self.exists(key, ${ownCel})`,
};

/** What a cluster's administrators may ask of pods; nothing here weakens their security context. */
const pod = z.strictObject({
  labels: withRules(mapOf(longestKey, label, mostEntries), [notOwn])
    .optional()
    .describe('further labels of all pods'),
  annotations: withRules(mapOf(longestKey, text, mostEntries), [notOwn])
    .optional()
    .describe('further annotations of all pods'),
  nodeSelector: mapOf(longestKey, label, mostEntries).optional().describe('labels of the machines'),
  tolerations: z
    .array(
      z.strictObject({
        key: z.string().max(longestKey).optional(),
        operator: z.enum(['Exists', 'Equal']).optional(),
        value: label.optional(),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
        tolerationSeconds: z.int().min(0).optional(),
      }),
    )
    .max(mostEntries)
    .optional()
    .describe('taints of machines that do not keep the pods away'),
  priorityClassName: name.optional(),
  imagePullSecrets: z
    .array(z.strictObject({ name }))
    .max(mostEntries)
    .optional()
    .describe('Secrets by which the image may be pulled'),
  resources: z
    .strictObject({ requests: quantities.optional(), limits: quantities.optional() })
    .optional()
    .describe('of each host, or of each worker with deployment: memory'),
});

/** The fields of a Simulation's spec that say how a cluster plays it; results do not depend on them. */
export const deploymentSpec = z.strictObject({
  deployment: z
    .enum(['hosts', 'memory'])
    .optional()
    .describe(
      'hosts (default): nodes are pods that talk over the network; memory: workers play whole runs',
    ),
  nodesPerHost: z
    .int()
    .min(1)
    .max(10_000_000)
    .optional()
    .describe('with hosts: nodes of each pod; default 1'),
  parallelism: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('with memory: workers that share out the runs; default 1'),
  suspend: z.boolean().optional().describe('true releases the pods; what is finished stays'),
  startDeadlineSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe('all hosts are ready within so many seconds, or none stay; default 600'),
  ttlSecondsAfterFinished: z
    .int()
    .min(0)
    .max(31_536_000)
    .optional()
    .describe('what was made for the Simulation is removed so many seconds after its end'),
  strategies: name.optional().describe("a ConfigMap with strategies of the user's, a file each"),
  pod: pod.optional().describe('what else is asked of the pods'),
});

/** How a cluster plays a Simulation. */
export type DeploymentSpec = z.infer<typeof deploymentSpec>;

/** Which fields go with which deployment. */
export const deploymentRules: readonly Rule<DeploymentSpec>[] = [
  {
    field: 'nodesPerHost',
    message: 'it goes with deployment: hosts; with memory there are no hosts',
    holds: ({ nodesPerHost, deployment }) => nodesPerHost === undefined || deployment !== 'memory',
    cel: "!has(self.nodesPerHost) || !has(self.deployment) || self.deployment == 'hosts'",
  },
  {
    field: 'parallelism',
    message: 'it goes with deployment: memory; with hosts, see nodesPerHost',
    holds: ({ parallelism, deployment }) => parallelism === undefined || deployment === 'memory',
    cel: "!has(self.parallelism) || (has(self.deployment) && self.deployment == 'memory')",
  },
];
