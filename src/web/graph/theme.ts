import type { Color } from '../../pictures/colors.ts';
import { resolveColor } from '../charts/colors.ts';

/** The colors that a drawn graph has of the page. */
export interface Theme {
  readonly ground: Color;
  readonly text: Color;
  readonly line: Color;
  readonly accent: Color;
}

/** As they are now. */
export function themeNow(): Theme {
  return {
    ground: parts(resolveColor('var(--ground)')),
    text: parts(resolveColor('var(--text)')),
    line: parts(resolveColor('var(--quiet)')),
    accent: parts(resolveColor('var(--accent)')),
  };
}

/** As CSS writes it. */
export function rgb([red, green, blue]: Color): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Computed colors are rgb(…), of those that the page has. */
function parts(color: string): Color {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
