import type { WatchResponse } from '../gen/gossip/v1/host_pb.ts';

/** A round that all hosts have played. */
export interface WholeRound {
  readonly repetition: number;
  readonly round: number;
  /** By node. */
  readonly values: Float64Array;
}

/** Puts rounds together from what each host says of its nodes. */
export interface RoundJoiner {
  /** The round that this was the last piece of; null: others are missing, or it is not to be shown. */
  add(piece: Pick<WatchResponse, 'repetition' | 'round' | 'nodes'>): WholeRound | null;
}

/** Values of rounds that wait for pieces. */
const MOST_WAITING = 1 << 20;
/** A run that says nothing for so long is over, in milliseconds. */
const QUIET = 1000;

/**
 * A joiner for so many nodes. Rounds come in their order; those that a host has left out are left out. Of runs that are
 * played side by side one is shown until its values agree, and then the next that begins; or any other, where it says
 * nothing for a while.
 */
export function createRoundJoiner(nodeCount: number, now = () => performance.now()): RoundJoiner {
  const waiting = new Map<string, { values: Float64Array; missing: number }>();
  const most = Math.max(16, Math.floor(MOST_WAITING / Math.max(1, nodeCount)));
  let shown = { repetition: 0, round: 0, at: 0, agree: true };
  /** The last run that has begun. */
  let newest = 0;
  /** Whether a run has gone on after a later one had begun. */
  let sideBySide = false;

  function isNext({ repetition, round }: WholeRound): boolean {
    const begins = repetition > newest;
    newest = Math.max(newest, repetition);
    if (repetition === shown.repetition) return round > shown.round;
    sideBySide ||= repetition < shown.repetition;
    if (!sideBySide) return true;
    return (begins && shown.agree) || now() - shown.at > QUIET;
  }

  return {
    add({ repetition, round, nodes }) {
      const key = `${repetition} ${round}`;
      let whole = waiting.get(key);
      if (whole === undefined) {
        whole = { values: new Float64Array(nodeCount).fill(Number.NaN), missing: nodeCount };
        waiting.set(key, whole);
        if (waiting.size > most) waiting.delete(waiting.keys().next().value!);
      }
      const { values } = whole;
      for (const { node, value } of nodes) {
        if (node >= nodeCount || !Number.isFinite(value)) continue;
        if (Number.isNaN(values[node])) whole.missing--;
        values[node] = value;
      }
      if (whole.missing > 0) return null;
      waiting.delete(key);
      const joined = { repetition, round, values };
      if (!isNext(joined)) return null;
      shown = { repetition, round, at: now(), agree: values.every((value) => value === values[0]) };
      return joined;
    },
  };
}
