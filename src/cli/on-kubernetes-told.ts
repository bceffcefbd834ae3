import type { ErrorCode } from '../errors.ts';
import type { SimulationStatus } from '../operator/status.ts';

/** States in which nothing more happens by itself. */
const ENDS = ['Complete', 'Failed', 'Refused'];
/** Reasons that say no more than the state before and after do. */
const UNREMARKABLE = ['NextGraph'];
/** Of the way to all hosts, so many steps are told. */
const STEPS = 4;

/** How a Simulation ended: well (null), or why not. */
export interface End {
  readonly problem: { readonly code: ErrorCode; readonly message: string } | null;
}

/** How it ended; null: it has not. */
export function endOf(status: SimulationStatus): End | null {
  const { state = '' } = status;
  if (!ENDS.includes(state)) return null;
  if (state === 'Complete') return { problem: null };
  const refused = state === 'Refused';
  const { reason, message } = conditionOf(status, refused ? 'Accepted' : 'Failed');
  return {
    problem: {
      code: refused || reason === 'InvalidInput' ? 'input' : 'failed',
      message: `${refused ? 'it is refused' : 'it failed'}: ${message || 'its status says no more'}`,
    },
  };
}

/**
 * What is told of a Simulation whose status was one and is now another, a line each; its end and its runs are told
 * elsewhere. `pods` is what its pods are called: hosts, or workers.
 */
export function told(before: SimulationStatus, now: SimulationStatus, pods: string): string[] {
  const { state = '' } = now;
  if (state === '' || ENDS.includes(state)) return [];
  const lines: string[] = [];
  const { reason, message } = conditionOf(now, 'Running');
  const known = conditionOf(before, 'Running');
  const changed = state !== before.state || (state === 'Queued' && message !== known.message);
  // Those that were ready are said before that they play.
  const ready = readyOf(before, now, pods);
  if (state === 'Running') lines.push(...ready);
  if (changed && !UNREMARKABLE.includes(reason)) lines.push(sentence(now, message));
  if (state === 'Starting') lines.push(...ready);
  return lines;
}

/** Runs that are done of all graphs. */
export function runsDone({ runs, state }: SimulationStatus, total: number): number {
  return state === 'Complete' ? total : Math.min(total, runs?.done ?? 0);
}

function sentence({ state, graphs }: SimulationStatus, message: string): string {
  const words = message || state || '';
  if (graphs === undefined || graphs.total < 2 || (state !== 'Running' && state !== 'Starting'))
    return words;
  return `graph ${Math.min(graphs.done + 1, graphs.total)} of ${graphs.total}: ${words}`;
}

/** Whether a further part of the hosts is ready. */
function readyOf(before: SimulationStatus, now: SimulationStatus, pods: string): string[] {
  if (now.hosts === undefined) return [];
  const { ready, total } = now.hosts;
  const same = before.state === 'Starting' && before.graphs?.done === now.graphs?.done;
  const last = same ? (before.hosts?.ready ?? 0) : 0;
  const step = (count: number) => Math.floor((STEPS * count) / Math.max(1, total));
  if (before.state === 'Running' || step(ready) <= step(last)) return [];
  return [`${ready} of ${total} ${pods} are ready`];
}

function conditionOf({ conditions = [] }: SimulationStatus, type: string) {
  return conditions.find((one) => one.type === type) ?? { reason: '', message: '' };
}
