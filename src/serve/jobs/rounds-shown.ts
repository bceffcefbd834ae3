import { beginningOf } from '../../host/progress.ts';
import type { OnRound, RunSetup } from '../../runner/index.ts';
import type { RunPlace } from '../../storage/index.ts';

/** What two threads count together, each in its place of one Int32Array in shared memory. */
export const FOLLOWERS = 0;
/** Rounds that were posted and not yet taken. */
export const UNTAKEN = 1;

/** What a thread posts of the run that is looked at. */
export type ShownNews =
  | {
      readonly kind: 'run';
      readonly place: Pick<RunPlace, 'folder' | 'graph' | 'execution' | 'run'>;
      readonly aggregate: 'minimum' | 'maximum' | 'mean';
      readonly tolerance: number;
      readonly start: Float64Array;
    }
  | { readonly kind: 'round'; readonly round: number; readonly values: Float64Array };

/** At most so many rounds a second are posted. */
const RATE = 15;
/** Whoever takes them is busy while so many wait. */
const MOST_UNTAKEN = 2;

/**
 * Shows the rounds of one run at a time, as long as somebody follows: the newest when it is time for one, and the last of
 * each run of which others were shown. Rounds between, and whole runs, are left out where they come faster. What it costs
 * a run does not depend on how many follow; where nobody does, it costs a look at a number a round.
 */
export function createRoundsShown(
  counters: Int32Array,
  post: (news: ShownNews, transfer: ArrayBuffer[]) => void,
  now = () => performance.now(),
): (setup: RunSetup, place: RunPlace) => OnRound {
  const pause = 1000 / RATE;
  let next = 0;

  function begin(setup: RunSetup, { folder, graph, execution, run }: RunPlace): void {
    const { aggregate, tolerance } = setup.host;
    const start = beginningOf(setup.host, run).values;
    const place = { folder, graph, execution, run };
    post({ kind: 'run', place, aggregate, tolerance, start }, [start.buffer as ArrayBuffer]);
  }

  return (setup, place) => {
    let isShown = false;
    return (round, values, over) => {
      if (Atomics.load(counters, FOLLOWERS) === 0) {
        isShown = false;
        return;
      }
      const time = now();
      const isLast = over && isShown;
      if (!isLast && (time < next || Atomics.load(counters, UNTAKEN) >= MOST_UNTAKEN)) return;
      if (!isShown) begin(setup, place);
      isShown = true;
      // After a run of one breath, the next is as far away as if each had had its own.
      next = Math.max(time, next) + pause;
      Atomics.add(counters, UNTAKEN, 1);
      const copy = values.slice();
      post({ kind: 'round', round, values: copy }, [copy.buffer as ArrayBuffer]);
    };
  };
}
