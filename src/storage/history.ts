import { GossipError } from '../errors.ts';

/** Collects the values of a run, round by round, as the text of `<simulation>_node_value_history.json`. */
export interface HistoryWriter {
  /** Adds a round's values, one a node in the order of the numbers; the first are those before round 1. */
  add(values: ArrayLike<number>): void;
  /** The whole text so far as UTF-8 in pieces, for Storage.put: one string might be longer than strings can be. */
  pieces(): Uint8Array[];
}

/** Text is turned into bytes in pieces of about this many characters. */
const PIECE = 1 << 18;

/**
 * A writer for nodes of these numbers, in the order in which they take their turns. The text is held in memory, about
 * 17 bytes a node and round.
 */
export function historyWriter(numbers: ArrayLike<number>): HistoryWriter {
  const encoder = new TextEncoder();
  const names = Array.from(numbers, (number) => `\n      "${number}": `);
  const parts = new Array<string>(names.length);
  const finished: Uint8Array[] = [];
  let round = 0;
  let text = '';

  return {
    add(values: ArrayLike<number>): void {
      for (let node = 0; node < names.length; node++) {
        const value = values[node];
        if (!Number.isFinite(value)) {
          throw new GossipError(
            'failed',
            `node ${numbers[node]} holds ${value} after round ${round}: start values must be small enough to stay finite`,
          );
        }
        parts[node] = names[node] + value;
      }
      const nodes = names.length === 0 ? '{}' : `{${parts.join(',')}\n    }`;
      text += `${round === 0 ? '' : ','}\n  {\n    "round_num": ${round},\n    "nodes": ${nodes}\n  }`;
      round++;
      if (text.length < PIECE) return;
      finished.push(encoder.encode((finished.length === 0 ? '[' : '') + text));
      text = '';
    },

    pieces(): Uint8Array[] {
      const begin = finished.length === 0 ? '[' : '';
      return [...finished, encoder.encode(`${begin}${text}${round === 0 ? '' : '\n'}]`)];
    },
  };
}
