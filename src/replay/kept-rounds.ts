import type { Codes } from './scale.ts';

/** What a round says of all nodes together. */
export interface RoundFigures {
  readonly round: number;
  /** How many nodes hold the final value; for mean, within the tolerance of it. */
  readonly holding: number;
  /** How many values there are among the nodes. */
  readonly distinct: number;
  /** max - min of the values. */
  readonly spread: number;
}

/** The codes of many rounds in little room, to be looked at in any order. */
export interface KeptRounds {
  /** Ascending by round. */
  readonly figures: readonly RoundFigures[];
  /** About how many bytes all of them take. */
  readonly bytes: number;
  /** Adds a round: the nodes whose codes changed since the one before, and what all codes are now. */
  add(figures: RoundFigures, changed: Uint32Array, codes: Codes): void;
  /** By node, after the round of this index in `figures`; valid until the next call. */
  codes(index: number): Codes;
}

/** The codes of these nodes, or of all. */
interface Kept {
  readonly nodes: Uint32Array | null;
  readonly codes: Codes;
}

/** What a round takes beside its arrays, about. */
const OVERHEAD = 300;

/**
 * Keeps changes, and all codes whenever as much has changed as there are nodes: any round is so many changes away at most,
 * and all codes together take no more than the changes.
 */
export function createKeptRounds(): KeptRounds {
  const figures: RoundFigures[] = [];
  const kept: Kept[] = [];
  let bytes = 0;
  /** Changes since all codes were kept. */
  let changes = 0;
  /** The codes after the round of this index. */
  let shown: Codes = new Uint8Array(0);
  let at = -1;

  return {
    figures,
    get bytes() {
      return bytes;
    },
    add(round, changed, codes) {
      changes += changed.length + 1;
      const isWhole = kept.length === 0 || changes >= codes.length;
      if (isWhole) changes = 0;
      const nodes = isWhole ? null : changed;
      const own = codes.slice(0, nodes?.length);
      nodes?.forEach((node, i) => {
        own[i] = codes[node];
      });
      kept.push({ nodes, codes: own });
      figures.push(round);
      bytes += own.byteLength + (nodes?.byteLength ?? 0) + OVERHEAD;
    },
    codes(index) {
      let whole = index;
      while (kept[whole].nodes !== null) whole--;
      if (at < whole || at > index) {
        shown = kept[whole].codes.slice();
        at = whole;
      }
      while (at < index) {
        const { nodes, codes } = kept[++at];
        nodes?.forEach((node, i) => {
          shown[node] = codes[i];
        });
      }
      return shown;
    },
  };
}

/** The same without every second round, but for the first and the last. */
export function thinned(rounds: KeptRounds): KeptRounds {
  const thinner = createKeptRounds();
  const last = rounds.figures.length - 1;
  let before: Codes = new Uint8Array(0);
  for (const [index, figures] of rounds.figures.entries()) {
    if (index % 2 === 1 && index < last) continue;
    const codes = rounds.codes(index);
    thinner.add(figures, differences(before, codes), codes);
    before = codes.slice();
  }
  return thinner;
}

function differences(before: Codes, after: Codes): Uint32Array {
  const nodes: number[] = [];
  for (let node = 0; node < after.length; node++)
    if (before[node] !== after[node]) nodes.push(node);
  return Uint32Array.from(nodes);
}
