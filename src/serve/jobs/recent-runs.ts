import type { MessageInitShape } from '@bufbuild/protobuf';
import type { RunSchema } from '../../gen/gossip/v1/simulation_pb.ts';
import type { RunRow } from '../../storage/index.ts';

type RunMessage = MessageInitShape<typeof RunSchema>;

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
      for (const row of rows) runs.push(messageOf(row));
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

function messageOf(row: RunRow): RunMessage {
  return {
    graph: row.graph,
    execution: row.execution,
    run: row.run,
    rounds: row.num_rounds,
    converged: row.converged,
    value: row.value ?? undefined,
    exchanges: BigInt(row.exchanges),
    useful: BigInt(row.useful),
    t50: row.t50 ?? undefined,
    t90: row.t90 ?? undefined,
    t99: row.t99 ?? undefined,
    maxLoad: row.max_load,
  };
}
