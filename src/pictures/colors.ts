/** A color as red, green and blue, 0..255 each. */
export type Color = readonly [red: number, green: number, blue: number];

/**
 * Viridis by S. van der Walt and N. Smith, matplotlib's default: perceptually even, also in gray and to the color-blind.
 * Every 16th of its way, from low to high; between them it is close to straight.
 */
const VIRIDIS = [
  0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
  0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725,
].map(colorOf);

/** The bright scheme of P. Tol (Colour Schemes, SRON technical note, 2021): distinct, also to the color-blind. */
const BRIGHT = [0x4477aa, 0xee6677, 0x228833, 0xccbb44, 0x66ccee, 0xaa3377].map(colorOf);

/** The color of a value; `share` is where it lies between the least (0) and the greatest (1). */
export function valueColor(share: number): Color {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(place));
  return mix(VIRIDIS[low], VIRIDIS[low + 1], place - low);
}

/** The ring of nodes that hold the final value: of no value's color, to be seen on all of them. */
export const RING: Color = [244, 81, 30];

/** How many communities differ in color; then the colors return. */
export const COMMUNITY_COLORS = BRIGHT.length;

/** The colors of a community's outline and, paler, of the area within. */
export function communityColors(community: number): { outline: Color; area: Color } {
  const outline = BRIGHT[community % BRIGHT.length];
  return { outline, area: mix([255, 255, 255], outline, 0.15) };
}

/** A color on its way to another. */
function mix(from: Color, to: Color, share: number): Color {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

/** As SVG writes it. */
export function hex(color: Color): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function colorOf(bits: number): Color {
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}
