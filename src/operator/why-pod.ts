import type { Pod } from '../kubernetes/index.ts';

/** Of a pod, which is large, no more than what explains it. */
export interface PodState {
  /** The index in an Indexed Job, so that a pod and its replacement are of one place; else its name. */
  readonly place: string;
  /** When it was made, in milliseconds. */
  readonly made: number;
  /** Whether it has failed. */
  readonly failed: boolean;
  /** Why it is not ready, or has failed; null: it is ready, or did what it was to do. */
  readonly why: string | null;
}

/** What explains a pod. */
export function podState(pod: Pod): PodState {
  const { metadata = {}, status = {} } = pod;
  return {
    place:
      metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? metadata.name ?? '',
    made: Date.parse(metadata.creationTimestamp ?? '') || 0,
    failed: status.phase === 'Failed',
    why: whyOf(pod),
  };
}

const BEGINNING = ['ContainerCreating', 'PodInitializing'];

function whyOf({ status = {}, metadata }: Pod): string | null {
  const { phase, conditions = [], containerStatuses = [], reason, message } = status;
  if (phase === 'Succeeded') return null;
  if (conditions.some(({ type, status: holds }) => type === 'Ready' && holds === 'True'))
    return null;
  for (const { state = {}, lastState = {} } of containerStatuses) {
    const ended = state.terminated ?? lastState.terminated;
    if (ended !== undefined) return endOf(ended.reason, ended.exitCode, ended.message);
    const { waiting } = state;
    if (waiting?.reason !== undefined && !BEGINNING.includes(waiting.reason)) {
      return joined(waiting.reason, waiting.message);
    }
  }
  if (reason !== undefined) return joined(reason, message);
  if (metadata?.deletionTimestamp !== undefined) return 'being removed';
  const unscheduled = conditions.find(
    ({ type, status: holds }) => type === 'PodScheduled' && holds !== 'True',
  );
  if (unscheduled !== undefined)
    return whyUnscheduled(unscheduled.message ?? unscheduled.reason ?? '');
  return phase === 'Running' ? 'started, but does not answer yet' : 'being started';
}

function endOf(reason = 'Error', exitCode: number, message = ''): string {
  if (reason === 'OOMKilled') return 'OOMKilled: it needed more memory than its limit';
  return joined(`${reason} (exit code ${exitCode})`, message.trim().split('\n').at(-1));
}

/** "0/3 nodes are available: 2 Insufficient cpu, 1 node(s) had untolerated taint(s). preemption: …" without the rest. */
function whyUnscheduled(message: string): string {
  const [first] = message.split(/\. preemption:|\. no new claims/, 1);
  return `not scheduled: ${first.replace(/\.$/, '')}`;
}

function joined(reason: string, message = ''): string {
  return message === '' ? reason : `${reason}: ${message}`;
}
