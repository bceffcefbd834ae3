import type { V1JobSpec, V1PodFailurePolicyRule } from '@kubernetes/client-node';
import type { Job, Json } from '../../kubernetes/index.ts';
import { jobMetadata } from './labels.ts';
import type { Making } from './making.ts';

/** How a pod ends that was told to leave (128 and SIGTERM), which nobody does without being told. */
const TOLD_TO_LEAVE = 143;
/** How a runner ends whose input is wrong: another attempt would end the same way. */
const BAD_INPUT = 2;

/** A disruption (an eviction, a drain, a pod deleted) is not the pod's failure, and does not count against its retries. */
export const NOT_ITS_FAILURE: readonly Json<V1PodFailurePolicyRule>[] = [
  { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  { action: 'Ignore', onExitCodes: { operator: 'In', values: [TOLD_TO_LEAVE] } },
];

/** Bad input never gets better. */
export const BAD_INPUT_ENDS_IT: Json<V1PodFailurePolicyRule> = {
  action: 'FailJob',
  onExitCodes: { operator: 'In', values: [BAD_INPUT] },
};

/** A Job that the Simulation owns. */
export function jobOf(making: Making, name: string, spec: Json<V1JobSpec>): Job {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: jobMetadata(making, name),
    // A pod is replaced when it has ended, so that no two are one host.
    spec: { podReplacementPolicy: 'Failed', ...spec },
  };
}
