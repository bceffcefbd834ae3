import { isDeepStrictEqual } from 'node:util';
import type { Decision, Observation, Question } from '../observation.ts';
import type { SimulationStatus } from '../status.ts';
import { whyOf } from './status-in.ts';

/** What somebody should look at. */
const WARNINGS = ['Refused', 'Failed'];
/** Reasons that come with every graph of a series, or that are meant to be. */
const UNREMARKABLE = ['NextGraph'];
const NO_WARNING = ['FoundBeforeInstallation'];

/** A decision; the status is written only where it changes, and an Event tells of another state or reason. */
export function decided(
  { simulation }: Observation,
  status: SimulationStatus,
  rest: Partial<Decision> = {},
): Decision {
  const before = simulation.status;
  const changed = !isDeepStrictEqual(status, before);
  const { reason, message } = whyOf(status);
  const { state = '' } = status;
  const told =
    (before.state !== state || whyOf(before).reason !== reason) && !UNREMARKABLE.includes(reason);
  const isWarning = WARNINGS.includes(state) && !NO_WARNING.includes(reason);
  return {
    removals: [],
    ...rest,
    status: changed ? status : null,
    ...(told && {
      happening: { type: isWarning ? 'Warning' : 'Normal', reason, message: message || state },
    }),
  };
}

/** Nothing changes; it may be looked at again after so many milliseconds. */
export function waiting(again?: number): Decision {
  return { status: null, removals: [], ...(again !== undefined && { again }) };
}

/** First this is to be looked up. */
export function asking(question: Question): Decision {
  return { status: null, removals: [], question };
}

/** Milliseconds since a time (ISO 8601); 0 where the clock went back behind it. */
export function since(time: string | undefined, now: Date): number {
  const begin = Date.parse(time ?? '');
  return Number.isNaN(begin) ? 0 : Math.max(0, now.getTime() - begin);
}
