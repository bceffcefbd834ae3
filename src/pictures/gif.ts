import { setImmediate } from 'node:timers/promises';
import gifenc from 'gifenc';
import { COMMUNITY_COLORS, type Color, communityColors, RING, valueColor } from './colors.ts';
import { filmOf, titleOf, valuesAt } from './film.ts';
import { type Drawing, FRAME, frameSvg } from './frame.ts';
import { laidOver, type Renderer } from './render.ts';

const { GIFEncoder, applyPalette, quantize } = gifenc;

/** A GIF has 256 colors; so many of them are those of values, and the last stands for "as in the frame before". */
const VALUE_COLORS = 96;
const SAME = 255;

/**
 * An animated GIF of a run, for `values` after each round from 0; `ground` is drawn once for all runs, since its edges
 * take most of the time. Between two frames others have their turn; throws the signal's reason where it aborts.
 */
export async function drawGif(
  renderer: Renderer,
  ground: Uint8Array,
  drawing: Drawing,
  values: readonly Float64Array[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { width, height } = FRAME;
  const rounds = values.length - 1;
  const encoder = GIFEncoder();
  let palette: Color[] = [];
  let before: Uint32Array | null = null;
  for (const { at, milliseconds } of filmOf(rounds)) {
    const svg = frameSvg(drawing, valuesAt(values, at), titleOf(at, rounds));
    const pixels = laidOver(ground, renderer.pixels(svg));
    if (before === null) palette = paletteOf(pixels);
    const index = applyPalette(pixels, palette.slice(0, SAME));
    const now = new Uint32Array(pixels.buffer);
    if (before !== null) leaveOut(index, before, now);
    encoder.writeFrame(index, width, height, {
      palette: before === null ? palette : undefined,
      delay: milliseconds,
      transparent: before !== null,
      transparentIndex: SAME,
      dispose: 1,
    });
    before = now;
    await setImmediate();
    signal.throwIfAborted();
  }
  encoder.finish();
  return encoder.bytes();
}

/** The colors of all frames: those that mean something as they are, and others that stand for what blends in between. */
function paletteOf(pixels: Uint8Array): Color[] {
  const palette: Color[] = [[255, 255, 255], RING];
  for (let value = 0; value < VALUE_COLORS; value++) {
    palette.push(valueColor(value / (VALUE_COLORS - 1)));
  }
  for (let community = 0; community < COMMUNITY_COLORS; community++) {
    const { outline, area } = communityColors(community);
    palette.push(outline, area);
  }
  palette.push(...quantize(pixels, SAME - palette.length));
  while (palette.length <= SAME) palette.push([0, 0, 0]);
  return palette;
}

function leaveOut(index: Uint8Array, before: Uint32Array, now: Uint32Array): void {
  for (let pixel = 0; pixel < now.length; pixel++) {
    if (now[pixel] === before[pixel]) index[pixel] = SAME;
  }
}
