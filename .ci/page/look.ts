/** What a person sees of a state of the page, and what axe, an accessibility checker, objects to. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { NARROW, type Tab, WIDE } from './tab.ts';

/** Where pictures are left; git ignores it. */
export const PICTURES = 'artifacts/page';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe looks at: both widths and both colors, which is all that it could object to. */
const AXE_SEES = ['390-dark', '1440-light'];
/** Until what moves has come to rest, in milliseconds. */
const REST = 400;

/**
 * Takes pictures of a state, wide and narrow, light and dark, and gives what is wrong with it: what axe calls serious, and
 * a page that must be scrolled sideways. The tab is wide and light again afterwards.
 */
export async function lookAt({ page }: Tab, name: string): Promise<string[]> {
  const wrong: string[] = [];
  await mkdir(PICTURES, { recursive: true });
  for (const [width, viewport] of Object.entries({ '390': NARROW, '1440': WIDE })) {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(REST);
      const file = join(PICTURES, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
      const where = `${name}, ${width} pixels, ${colorScheme}`;
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) wrong.push(`${where}: ${over} pixels stand out to the right`);
      if (!AXE_SEES.includes(`${width}-${colorScheme}`)) continue;
      for (const { id, impact, nodes } of await objections({ page })) {
        wrong.push(`${where}: axe: ${impact}: ${id}: ${nodes[0].html.slice(0, 200)}`);
      }
    }
  }
  return wrong;
}

async function objections({ page }: Pick<Tab, 'page'>): Promise<AxeResults['violations']> {
  // Evaluated by the debugger, which the page's Content-Security-Policy does not bind.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(),
  );
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
