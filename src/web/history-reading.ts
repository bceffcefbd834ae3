import { createHistoryDecoder, type HistoryDecoder } from '../replay/history-decoder.ts';
import { errorText } from './asking.ts';
import type { SimulationClient } from './client.ts';
import { retrying } from './retrying.ts';

/** The run that a history is of. */
export interface HistoryPlace {
  readonly folder: string;
  readonly graph: string;
  /** Both from 1. */
  readonly execution: number;
  readonly run: number;
  /** Whether values are exact for mean too, instead of steps. */
  readonly exact?: boolean;
}

/** A history as far as it came: another object whenever there is more of it. */
export interface KnownHistory {
  /** The same object while it grows. */
  readonly decoder: HistoryDecoder;
  readonly isWhole: boolean;
  /** Why no more of it comes, in words. */
  readonly error: string | undefined;
}

/** A history that is being read. */
export interface Reading {
  readonly place: HistoryPlace;
  known: KnownHistory;
}

export interface ReadingSettings {
  readonly client: Pick<SimulationClient, 'readHistory'>;
  readonly signal: AbortSignal;
  /** Called when more is known. */
  readonly changed: () => void;
  /** About how many bytes are kept. */
  readonly most: number;
}

/**
 * Reads a history to its end, unless it fails or the signal aborts. Where the connection is cut it is read again from its
 * beginning, and what is known stays until as much is there again.
 */
export async function readOn(reading: Reading, settings: ReadingSettings): Promise<void> {
  const { client, signal, changed, most } = settings;
  const { exact = false, ...place } = reading.place;
  const know = (known: Partial<KnownHistory>) => {
    reading.known = { ...reading.known, ...known };
    changed();
  };
  try {
    await retrying(
      async (attempt, answered) => {
        const decoder = createHistoryDecoder(most);
        for await (const { part } of client.readHistory({ place, exact }, { signal: attempt })) {
          answered();
          if (part !== undefined) decoder.add(part);
          const shown = reading.known.decoder.rounds.length;
          if (decoder.rounds.length >= shown) know({ decoder, error: undefined });
        }
        know({ decoder, isWhole: true, error: undefined });
      },
      { signal },
    );
  } catch (error) {
    if (!signal.aborted) know({ error: errorText(error) });
  }
}

/** A history of which nothing came. */
export function nothing(): KnownHistory {
  return { decoder: createHistoryDecoder(), isWhole: false, error: undefined };
}
