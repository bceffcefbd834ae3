import type { Job } from '../../kubernetes/index.ts';
import { BAD_INPUT_ENDS_IT, jobOf, NOT_ITS_FAILURE } from './job.ts';
import { type Making, namesFor } from './making.ts';
import { playerContainer, playerPod } from './player.ts';
import { podTemplate, resourcesOf } from './pod.ts';

/** How often a runner may fail; each goes on where the one before ended. */
const RETRIES = 6;

/** The runner of a graph, which drives its hosts. */
export function runnerJob(making: Making): Job {
  return jobOf(making, namesFor(making).runner, {
    completions: 1,
    parallelism: 1,
    backoffLimit: RETRIES,
    podFailurePolicy: { rules: [BAD_INPUT_ENDS_IT, ...NOT_ITS_FAILURE] },
    template: podTemplate(
      making,
      'runner',
      playerContainer(making, resourcesOf(making.runnerResources)),
      playerPod(making),
    ),
  });
}
