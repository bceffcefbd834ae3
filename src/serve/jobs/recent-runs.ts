import type { RunRow } from '../../storage/index.ts';
import { runMessage } from '../stored/messages.ts';

type RunMessage = ReturnType<typeof runMessage>;

/** The last runs that are over, for those who follow: each reads on from where it was. */
export interface RecentRuns {
  add(rows: readonly RunRow[]): void;
  /** How many there have been. */
  readonly count: number;
  /** Those after the first `from`, as far as they are kept. */
  since(from: number): RunMessage[];
}

/** So many are kept, and up to twice as many. */
const MOST = 2000;

export function createRecentRuns(): RecentRuns {
  let runs: RunMessage[] = [];
  let dropped = 0;
  return {
    add(rows) {
      for (const row of rows) runs.push(runMessage(row));
      if (runs.length < 2 * MOST) return;
      dropped += runs.length - MOST;
      runs = runs.slice(-MOST);
    },
    get count() {
      return dropped + runs.length;
    },
    since: (from) => runs.slice(Math.max(0, from - dropped)),
  };
}
