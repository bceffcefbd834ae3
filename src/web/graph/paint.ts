import { valueColor } from '../../pictures/colors.ts';

/** What the nodes of a drawn graph look like. Another object is drawn; its arrays may be those of the one before. */
export interface Paint {
  /** By node: where its value lies between the least (0) and the greatest (255) of the scale. */
  readonly shades: Uint8Array;
  /** By node: 1 where it holds the final value, and so has a ring. */
  readonly ringed: Uint8Array;
}

/** The values that the colors stand for: from `low` to `high`. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/**
 * The paint of values by node; those of `final` have a ring, null: none has. Written into the arrays of `out` where it is
 * given: nothing but the object around them is new then.
 */
export function paintOf(
  values: ArrayLike<number>,
  { low, high }: Scale,
  final: number | null,
  out: Paint = createPaint(values.length),
): Paint {
  const { shades, ringed } = out;
  // Halved, so that no difference of two numbers is beyond the greatest.
  const width = high / 2 - low / 2;
  const factor = width === 0 ? 0 : 255 / width;
  for (let node = 0; node < shades.length; node++) {
    const value = values[node];
    shades[node] = Math.min(255, Math.max(0, Math.round((value / 2 - low / 2) * factor)));
    ringed[node] = value === final ? 1 : 0;
  }
  return { shades, ringed };
}

/**
 * Marks the nodes that hold the final value. Where nodes are said to hold it that only come close, as for mean, `holding`
 * is how many: the closest are marked.
 */
export function markHolding(
  values: Float64Array,
  final: number,
  holding: number | null,
  ringed: Uint8Array,
): number {
  let most = 0;
  if (holding !== null && holding > 0) {
    const away = values.map((value) => Math.abs(value - final)).sort();
    most = away[Math.min(holding, away.length) - 1];
  }
  let count = 0;
  for (let node = 0; node < values.length; node++) {
    const holds = holding === 0 ? false : Math.abs(values[node] - final) <= most;
    ringed[node] = holds ? 1 : 0;
    if (holds) count++;
  }
  return count;
}

/** Paint for so many nodes: all of the least value, none with a ring. */
export function createPaint(nodes: number): Paint {
  return { shades: new Uint8Array(nodes), ringed: new Uint8Array(nodes) };
}

/** The color of each shade as red, green and blue, 3 bytes each: viridis. */
export const SHADE_COLORS = Uint8Array.from({ length: 256 * 3 }, (_, at) => {
  return valueColor(Math.floor(at / 3) / 255)[at % 3];
});
