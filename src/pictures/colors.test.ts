import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { COMMUNITY_COLORS, type Color, communityColors, hex, valueColor } from './colors.ts';

/** CIE lightness, 0..100. */
function lightness(color: Color): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance <= 0.008856 ? 903.3 * luminance : 116 * Math.cbrt(luminance) - 16;
}

test('values are lighter the greater they are, in even steps', () => {
  const steps = Array.from({ length: 20 }, (_, i) => i / 20).map(
    (share) => lightness(valueColor(share + 0.05)) - lightness(valueColor(share)),
  );
  for (const step of steps) assert.ok(step > 2.5 && step < 5.5, `${steps}`);
});

test('the ends of viridis, also for what is beyond them', () => {
  assert.is(hex(valueColor(0)), '#440154');
  assert.is(hex(valueColor(1)), '#fde725');
  assert.is(hex(valueColor(0.5)), '#21918c');
  assert.equal(valueColor(-1), valueColor(0));
  assert.equal(valueColor(2), valueColor(1));
});

test('communities differ in color until the colors return', () => {
  const outlines = Array.from({ length: COMMUNITY_COLORS }, (_, i) => communityColors(i).outline);
  assert.is(new Set(outlines.map(hex)).size, COMMUNITY_COLORS);
  assert.equal(communityColors(COMMUNITY_COLORS), communityColors(0));
});

test.run();
