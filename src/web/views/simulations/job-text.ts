import { type Job, JobState } from '../../../gen/gossip/v1/simulation_pb.ts';
import { count } from '../../format.ts';

/** How a job stands, in words. */
export function jobText({
  state,
  before,
  finished,
  runs,
  problem,
}: Pick<Job, 'state' | 'before' | 'finished' | 'runs' | 'problem'>): string {
  switch (state) {
    case JobState.WAITING:
      return before === 0 ? 'waits, next in line' : `waits, ${count(before)} before it`;
    case JobState.MEASURING:
      return 'measures the graph';
    case JobState.PLAYING:
      return `plays, ${count(finished)} of ${count(runs)} runs are over`;
    case JobState.FINISHED:
      return `finished, ${count(finished)} of ${count(runs)} runs`;
    case JobState.FAILED:
      return `failed: ${problem || 'the server does not say why'}`;
    case JobState.CANCELED:
      return `canceled after ${count(finished)} of ${count(runs)} runs`;
    default:
      return '';
  }
}

/** Whether it will change no more. */
export function isOver({ state }: Pick<Job, 'state'>): boolean {
  return state >= JobState.FINISHED;
}

/** What a screen reader says when a job begins or ends; not each run. */
export function announcement(jobs: readonly Pick<Job, 'name' | 'state'>[]): string {
  const words: Partial<Record<JobState, string>> = {
    [JobState.PLAYING]: 'plays',
    [JobState.FINISHED]: 'is finished',
    [JobState.FAILED]: 'failed',
    [JobState.CANCELED]: 'is canceled',
  };
  return jobs
    .filter(({ state }) => words[state] !== undefined)
    .slice(0, 10)
    .map(({ name, state }) => `${name.slice(0, 80)} ${words[state]}`)
    .join(', ');
}
