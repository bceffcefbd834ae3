import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** What WCAG 2.2 asks of parts of a picture (1.4.11). */
const LEAST_CONTRAST = 3;

/** The light and the dark color of each variable whose name begins so. */
function pairsOf(file: string, name: string): [string, string][] {
  const css = readFileSync(new URL(file, import.meta.url), 'utf8');
  const found = css.matchAll(
    new RegExp(`--${name}[^:]*: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`, 'g'),
  );
  return [...found].map(([, light, dark]) => [light, dark]);
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('lines are seen on the ground of both themes', () => {
  const series = pairsOf('./charts.css', 'series-');
  const [ground] = pairsOf('../style.css', 'ground');
  assert.is(series.length, 8);
  for (const pair of series) {
    for (const theme of [0, 1]) {
      const [high, low] = [luminance(pair[theme]), luminance(ground[theme])].sort((a, b) => b - a);
      const contrast = (high + 0.05) / (low + 0.05);
      assert.ok(contrast >= LEAST_CONTRAST, `${pair[theme]} on ${ground[theme]}: ${contrast}`);
    }
  }
});

test.run();
