import type { HistoryPart, Round } from '../../gen/gossip/v1/simulation_pb.ts';
import { createHistoryEncoder, type EncodedRun } from '../../replay/history-encoder.ts';

/** How far somebody has read the rounds of runs. */
export interface Cursor {
  /** Which run, and up to which of its parts. */
  readonly run: number;
  readonly part: number;
}

/** Nothing read. */
export const NOTHING_READ: Cursor = { run: -1, part: 0 };

/** The run that is looked at, its rounds written once for all who follow. */
export interface LiveRun {
  /** Another run begins; what of the one before was not read is left out. */
  begin(run: EncodedRun): void;
  add(round: number, values: Float64Array): void;
  /**
   * What has come since the cursor; null: nothing. Who has missed too much begins anew with the newest round, so that
   * nothing is kept for those who read slowly.
   */
  read(cursor: Cursor): { readonly part: HistoryPart | null; readonly cursor: Cursor };
}

/** About how many bytes of rounds are kept. */
const MOST_BYTES = 2 ** 20;

export function createLiveRun(): LiveRun {
  let number = -1;
  let run: EncodedRun | null = null;
  let encoder: ReturnType<typeof createHistoryEncoder> | null = null;
  let newest: { readonly round: number; readonly values: Float64Array } | null = null;
  let parts: { readonly part: HistoryPart; readonly bytes: number }[] = [];
  /** How many have been dropped before them. */
  let dropped = 0;
  let bytes = 0;
  let whole: { readonly part: HistoryPart; readonly after: number } | null = null;

  function keep(part: HistoryPart | null): void {
    if (part === null) return;
    const size = part.rounds.reduce((sum, round) => sum + bytesOf(round), 0);
    parts.push({ part, bytes: size });
    bytes += size;
    while (bytes > MOST_BYTES && parts.length > 1) {
      bytes -= parts.shift()!.bytes;
      dropped++;
    }
  }

  /** The newest round alone. */
  function anew(): HistoryPart {
    const after = dropped + parts.length;
    if (whole?.after !== after) {
      const alone = createHistoryEncoder(run!);
      const part = alone.add(newest!.round, newest!.values) ?? alone.flush()!;
      whole = { part, after };
    }
    return whole.part;
  }

  return {
    begin(next) {
      number++;
      run = next;
      encoder = createHistoryEncoder(next);
      newest = null;
      parts = [];
      dropped = 0;
      bytes = 0;
      whole = null;
    },
    add(round, values) {
      if (encoder === null) return;
      newest = { round, values };
      keep(encoder.add(round, values));
      keep(encoder.flush());
    },
    read(cursor) {
      const end = dropped + parts.length;
      const from = cursor.run === number ? cursor.part : 0;
      const next = { run: number, part: end };
      if (from === end) return { part: null, cursor };
      if (from < dropped) return { part: anew(), cursor: next };
      const unread = parts.slice(from - dropped).map(({ part }) => part);
      return { part: joined(unread), cursor: next };
    },
  };
}

function joined(parts: readonly HistoryPart[]): HistoryPart {
  const [first] = parts;
  if (parts.length === 1) return first;
  return { ...first, rounds: parts.flatMap(({ rounds }) => rounds) };
}

/** About how many bytes a round takes in memory. */
function bytesOf({ changed, levels, steps, values }: Round): number {
  return 200 + 8 * (changed.length + levels.length + values.length) + steps.length;
}
