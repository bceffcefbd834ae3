import type { Event, Job } from '../kubernetes/index.ts';
import type { PodState } from './why-pod.ts';

/** As many different reasons as somebody reads. */
const MOST_REASONS = 4;
const LONGEST_REASON = 300;

/**
 * Why pods of a Job are not ready, or have failed, in words, the most frequent first: "163: exceeded quota: small …; 2:
 * not scheduled: Insufficient cpu". Of a Job that has failed, only those of its pods count that did: the others were
 * removed.
 *
 * @param events those of the Job, by which it says why pods could not be made
 */
export function explain(job: Job, pods: readonly PodState[], events: readonly Event[]): string {
  const reasons = new Map<string, number>();
  const count = (reason: string, times: number) => {
    const text = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
    if (times > 0) reasons.set(text, (reasons.get(text) ?? 0) + times);
  };
  const isOver = job.status?.conditions?.some(
    ({ type, status }) => type === 'Failed' && status === 'True',
  );
  const places = new Map<string, PodState>();
  for (const pod of [...pods].sort((a, b) => a.made - b.made)) places.set(pod.place, pod);
  for (const { why, failed } of places.values()) {
    if (why !== null && (!isOver || failed)) count(why, 1);
  }
  if (!isOver) {
    const last = events
      .filter(({ reason }) => reason === 'FailedCreate')
      .sort(byTime)
      .at(-1);
    const unmade = (job.spec?.completions ?? 1) - places.size;
    count(last === undefined ? 'not made yet' : whyUnmade(last.message ?? ''), unmade);
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b - a);
  const words = sorted.slice(0, MOST_REASONS).map(([reason, times]) => `${times}: ${reason}`);
  if (sorted.length > MOST_REASONS) words.push('and more');
  return words.join('; ') || 'nothing is known of why';
}

function byTime(a: Event, b: Event): number {
  const time = ({ lastTimestamp, eventTime }: Event) =>
    Date.parse(lastTimestamp ?? eventTime ?? '') || 0;
  return time(a) - time(b);
}

/** '(combined from similar events): Error creating: pods "x-0-abcde" is forbidden: exceeded quota …' from the reason on. */
function whyUnmade(message: string): string {
  return message
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^Error creating: /, '')
    .replace(/^pods "[^"]*" is forbidden: /, '');
}
