import { inputError } from '../errors.ts';
import type { HistoryBeginning } from '../gen/gossip/v1/simulation_pb.ts';

/** A code for each node; for exact scales the values themselves. */
export type Codes = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** How values are written: the names are those of the fields of a Round that hold the codes. */
export interface Scale {
  readonly kind: 'levels' | 'steps' | 'values';
  codes(count: number): Codes;
  /** Throws GossipError `input` where no level has this value. */
  codeOf(value: number): number;
  valueOf(code: number): number;
}

/** The last of the steps. */
const LAST_STEP = 255;

/** The scale of a history, as its beginning says. */
export function scaleOf(
  beginning: Pick<HistoryBeginning, 'levels' | 'least' | 'greatest' | 'exact'>,
): Scale {
  if (beginning.levels.length > 0) return levelScale(beginning.levels);
  return beginning.exact ? EXACT : stepScale(beginning.least, beginning.greatest);
}

function levelScale(levels: readonly number[]): Scale {
  let codes: Map<number, number> | null = null;
  return {
    kind: 'levels',
    codes: (count) => (levels.length > 2 ** 16 ? new Uint32Array(count) : new Uint16Array(count)),
    codeOf(value) {
      codes ??= new Map(levels.map((level, code) => [level, code]));
      const code = codes.get(value);
      if (code === undefined) {
        throw inputError(`a node holds ${value}, which none of them began with`);
      }
      return code;
    },
    valueOf: (code) => levels[code],
  };
}

function stepScale(least: number, greatest: number): Scale {
  // Halves, so that the difference of the largest numbers is one.
  const half = greatest / 2 - least / 2;
  return {
    kind: 'steps',
    codes: (count) => new Uint8Array(count),
    codeOf(value) {
      const share = half > 0 ? (value / 2 - least / 2) / half : 0;
      return Math.round(Math.min(1, Math.max(0, share)) * LAST_STEP);
    },
    valueOf: (code) => least + half * (code / LAST_STEP) + half * (code / LAST_STEP),
  };
}

const EXACT: Scale = {
  kind: 'values',
  codes: (count) => new Float64Array(count),
  codeOf: (value) => value,
  valueOf: (code) => code,
};
