import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useClient } from './client.ts';
import { useConnection } from './connection.ts';
import {
  type HistoryPlace,
  type KnownHistory,
  nothing,
  type Reading,
  readOn,
} from './history-reading.ts';
import { whileShown } from './shown.ts';

export type { HistoryPlace, KnownHistory } from './history-reading.ts';

/** Browsers allow six connections to a server over HTTP/1.1. */
const AT_ONCE = 3;
/** About how many bytes the histories of a view take. */
const MOST_BYTES = 2 ** 28;

/**
 * The history of a run, read while the page is shown; null: of none. Where the connection is cut it is read again from its
 * beginning, and what was there stays until as much is there again.
 *
 * @example
 * const known = useHistory({ folder, graph, execution, run });
 * const distinct = useMemo(() => known.decoder.rounds.map((round) => round.distinct), [known]);
 */
export function useHistory(place: HistoryPlace | null): KnownHistory {
  const places = place === null ? [] : [place];
  const none = useMemo(nothing, []);
  return useHistories(places)[0] ?? none;
}

/** Those of several runs, in their order. */
export function useHistories(places: readonly HistoryPlace[]): readonly KnownHistory[] {
  const client = useClient();
  const { version } = useConnection();
  const [, setChanges] = useState(0);
  const readings = useRef(new Map<string, Reading>()).current;
  const keys = places.map(keyOf);
  for (const [index, key] of keys.entries()) {
    if (!readings.has(key)) readings.set(key, { place: places[index], known: nothing() });
  }

  useEffect(() => {
    for (const key of [...readings.keys()]) if (!keys.includes(key)) readings.delete(key);
    const changed = oncePerFrame(() => setChanges((changes) => changes + 1));
    const end = whileShown((signal) => {
      const waiting = [...readings.values()].filter(({ known }) => !known.isWhole).values();
      const most = MOST_BYTES / readings.size;
      return Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const reading of waiting) await readOn(reading, { client, signal, changed, most });
        }),
      );
    });
    return () => {
      end();
      changed.cancel();
    };
  }, [client, version, keys.join('\n')]);

  return keys.map((key) => readings.get(key)!.known);
}

function keyOf({ folder, graph, execution, run, exact = false }: HistoryPlace): string {
  return JSON.stringify([folder, graph, execution, run, exact]);
}

/** Calls once before the next frame is drawn, however often it is called. */
function oncePerFrame(call: () => void): (() => void) & { cancel(): void } {
  let frame: number | null = null;
  const later = () => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      call();
    });
  };
  return Object.assign(later, {
    cancel: () => {
      if (frame !== null) cancelAnimationFrame(frame);
    },
  });
}
