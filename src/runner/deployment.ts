import { z } from 'zod';

const longestName = 253;
const longestText = 1000;
const mostEntries = 100;
const text = z.string().max(longestText);
const texts = z.record(text, text).refine((record) => Object.keys(record).length <= mostEntries, {
  message: `more than ${mostEntries} entries`,
});

/** What a cluster's administrators may ask of pods; nothing here weakens their security context. */
const pod = z.strictObject({
  labels: texts.optional(),
  annotations: texts.optional(),
  nodeSelector: texts.optional(),
  tolerations: z
    .array(
      z.strictObject({
        key: text.optional(),
        operator: z.enum(['Exists', 'Equal']).optional(),
        value: text.optional(),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
        tolerationSeconds: z.int().min(0).optional(),
      }),
    )
    .max(mostEntries)
    .optional(),
  priorityClassName: z.string().max(longestName).optional(),
  imagePullSecrets: z
    .array(z.strictObject({ name: z.string().max(longestName) }))
    .max(mostEntries)
    .optional(),
  resources: z
    .strictObject({ requests: texts.optional(), limits: texts.optional() })
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
  strategies: z
    .string()
    .max(longestName)
    .optional()
    .describe("a ConfigMap with strategies of the user's, a file each"),
  pod: pod.optional(),
});

/** How a cluster plays a Simulation. */
export type DeploymentSpec = z.infer<typeof deploymentSpec>;
