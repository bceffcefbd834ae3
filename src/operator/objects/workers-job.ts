import type { Job } from '../../kubernetes/index.ts';
import { BAD_INPUT_ENDS_IT, jobOf, NOT_ITS_FAILURE } from './job.ts';
import { type Making, namesFor, podsOf } from './making.ts';
import { playerContainer, playerPod } from './player.ts';
import { podTemplate, resourcesOf } from './pod.ts';

/** How often a worker may fail; each goes on where the one before ended. */
const RETRIES = 6;

/** The workers of deployment: memory, which share out the runs of all graphs by their index. */
export function workersJob(making: Making): Job {
  const workers = podsOf(making.deployment, 0);
  return jobOf(making, namesFor(making).hosts, {
    completionMode: 'Indexed',
    completions: workers,
    parallelism: workers,
    backoffLimitPerIndex: RETRIES,
    maxFailedIndexes: 0,
    podFailurePolicy: { rules: [BAD_INPUT_ENDS_IT, ...NOT_ITS_FAILURE] },
    template: podTemplate(
      making,
      'worker',
      playerContainer(making, resourcesOf(making.resources, making.deployment.pod?.resources)),
      playerPod(making),
    ),
  });
}
