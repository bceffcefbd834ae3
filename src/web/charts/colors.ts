import { useEffect, useState } from 'preact/hooks';
import type { Palette } from './svg.ts';

/** How many colors tell lines apart; then they return, dashed. */
const SERIES_COLORS = 8;

/** How the line of that index is told from others, from 0. */
export function seriesStyle(index: number): { color: string; dashed: boolean } {
  return {
    color: `var(--series-${(index % SERIES_COLORS) + 1})`,
    dashed: Math.floor(index / SERIES_COLORS) % 2 === 1,
  };
}

/** A CSS color as a canvas or a file understands it: without variables; `scheme`: as in that of the page's themes. */
export function resolveColor(color: string, scheme?: 'light' | 'dark'): string {
  const probe = document.createElement('span');
  if (scheme !== undefined) probe.style.colorScheme = scheme;
  probe.style.color = color;
  probe.hidden = true;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

/** The palette as a canvas or a file understands it. */
export function resolvePalette(scheme?: 'light' | 'dark'): Palette {
  return {
    ground: resolveColor('var(--ground)', scheme),
    text: resolveColor('var(--text)', scheme),
    quiet: resolveColor('var(--quiet)', scheme),
    line: resolveColor('var(--line)', scheme),
  };
}

/** A text that differs when the colors of the page do; the component is drawn again when they change. */
export function useTheme(): string {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const changed = () => setTheme(themeNow());
    const preference = matchMedia('(prefers-color-scheme: dark)');
    preference.addEventListener('change', changed);
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributes: true });
    return () => {
      preference.removeEventListener('change', changed);
      observer.disconnect();
    };
  }, []);
  return theme;
}

function themeNow(): string {
  return resolveColor('var(--ground)');
}
