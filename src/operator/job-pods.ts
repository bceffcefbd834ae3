import { type Cluster, EVENT, type Job, POD, type Pod } from '../kubernetes/index.ts';
import { explain } from './explain.ts';
import { parseEnding, type RunnerEnding } from './runner-words.ts';
import { type PodState, podState } from './why-pod.ts';

const JOB_NAME = 'batch.kubernetes.io/job-name';
const INDEX = 'batch.kubernetes.io/job-completion-index';
/** Pods are large, and there may be thousands: so many are held at once. */
const PODS_AT_ONCE = 200;

/** What `of` says of each of a Job's pods. */
export async function fromPods<T>(
  cluster: Cluster,
  job: Job,
  of: (pod: Pod) => T,
  signal?: AbortSignal,
): Promise<T[]> {
  const { name, namespace = '', uid } = job.metadata ?? {};
  const results: T[] = [];
  for (const more of selections(job)) {
    const labels = `${JOB_NAME}=${name}${more}`;
    const { items } = await cluster.list(POD, namespace, { labels, signal });
    for (const pod of items)
      if (pod.metadata?.ownerReferences?.some((owner) => owner.uid === uid)) results.push(of(pod));
  }
  return results;
}

/** Selectors that each have few of a Job's pods, to be added to its name's. */
function selections({ spec }: Job): string[] {
  const { completions = 1, completionMode } = spec ?? {};
  if (completionMode !== 'Indexed' || completions <= PODS_AT_ONCE) return [''];
  return Array.from({ length: Math.ceil(completions / PODS_AT_ONCE) }, (_, part) => {
    const first = part * PODS_AT_ONCE;
    const length = Math.min(PODS_AT_ONCE, completions - first);
    return `,${INDEX} in (${Array.from({ length }, (_, i) => first + i)})`;
  });
}

/** Why pods of a Job are not ready, or have failed, in words. */
export async function explainJob(
  cluster: Cluster,
  job: Job,
  signal?: AbortSignal,
): Promise<string> {
  const { name = '', namespace = '', uid } = job.metadata ?? {};
  const fields = `involvedObject.name=${name},involvedObject.uid=${uid},reason=FailedCreate`;
  const { items: events } = await cluster.list(EVENT, namespace, { fields, signal });
  const pods: PodState[] = await fromPods(cluster, job, podState, signal);
  return explain(job, pods, events);
}

/** What a runner or workers said at their end: of a Job that failed, the last failure; null: nothing. */
export async function endingOf(
  cluster: Cluster,
  job: Job,
  signal?: AbortSignal,
): Promise<RunnerEnding | null> {
  const endOf = ({ status }: Pod) => {
    const ended = status?.containerStatuses?.[0]?.state?.terminated;
    const time = Date.parse(ended?.finishedAt ?? '') || 0;
    return { ending: parseEnding(ended?.message ?? ''), time };
  };
  const ends = await fromPods(cluster, job, endOf, signal);
  const said = ends.filter(({ ending }) => ending !== null).sort((a, b) => b.time - a.time);
  const isFailed = job.status?.conditions?.some(
    ({ type, status }) => type === 'Failed' && status === 'True',
  );
  const failure = said.find(({ ending }) => ending !== null && 'error' in ending);
  return (isFailed ? failure : undefined)?.ending ?? said[0]?.ending ?? null;
}
