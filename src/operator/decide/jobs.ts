import type { Job } from '../../kubernetes/index.ts';
import { LABELS } from '../names.ts';
import { SEED_ANNOTATION, START_ANNOTATION } from '../objects/index.ts';

/** Whether it is being removed; it is there until its pods are gone. */
export function isGoing({ metadata }: Job): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

/** Whether all of its pods have done what they were to do. */
export function isComplete(job: Job): boolean {
  return holds(job, 'Complete');
}

/** Whether it has given up. */
export function isFailed(job: Job): boolean {
  return holds(job, 'Failed');
}

/** Whether nothing more comes of it. */
export function hasEnded(job: Job): boolean {
  return isComplete(job) || isFailed(job);
}

/** How many of its pods are ready. */
export function readyOf(job: Job | undefined): number {
  return job?.status?.ready ?? 0;
}

/** The graphs that have Jobs which nobody is removing yet. */
export function graphsOf(jobs: readonly Job[]): number[] {
  const graphs = new Set(jobs.filter((job) => !isGoing(job)).map(graphOf));
  return [...graphs].sort((a, b) => a - b);
}

/** The graph that it was made for. */
export function graphOf({ metadata }: Job): number {
  const text = metadata?.labels?.[LABELS.graph] ?? '';
  return /^\d{1,5}$/.test(text) ? Number(text) : 0;
}

/** What Jobs say that their Simulation began with, where its status no longer does. */
export function beginningOf(jobs: readonly Job[]): { seed?: number; startTime?: string } {
  for (const { metadata } of jobs) {
    const { [SEED_ANNOTATION]: seed = '', [START_ANNOTATION]: startTime = '' } =
      metadata?.annotations ?? {};
    if (/^\d{1,16}$/.test(seed) && Number.isSafeInteger(Number(seed)) && Date.parse(startTime) >= 0)
      return { seed: Number(seed), startTime };
  }
  return {};
}

function holds({ status }: Job, type: string): boolean {
  return status?.conditions?.some((one) => one.type === type && one.status === 'True') === true;
}
