import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { Said } from './page.ts';

/** An open page. */
export interface Tab {
  /** What it has said so far. */
  readonly said: readonly Said[];
  /** What the browser has said of it: errors and warnings. */
  readonly errors: readonly string[];
  /** Resolves when the page has said enough; throws what it has said instead where that takes too long. */
  until(enough: (said: readonly Said[]) => boolean): Promise<void>;
}

/** How often a page is asked whether it has said enough, in milliseconds. */
const LOOK = 20;
/** How long it may take to say enough, in milliseconds. */
const PATIENCE = 15_000;

/** Opens page.ts at an origin in a tab of its own. */
export async function openPage(
  browser: Browser,
  origin: string,
  asked: Readonly<Record<string, string | number>>,
): Promise<Tab> {
  const said: Said[] = [];
  const errors: string[] = [];
  const context = await browser.newContext();
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'log') said.push(JSON.parse(message.text()));
    else errors.push(message.text());
  });
  tab.on('pageerror', (error) => errors.push(String(error)));
  const query = new URLSearchParams(
    Object.entries(asked).map(([name, value]) => [name, `${value}`]),
  );
  await tab.goto(`${origin}/?${query}`);
  return {
    said,
    errors,
    async until(enough) {
      const end = performance.now() + PATIENCE;
      while (!enough(said)) {
        if (performance.now() > end)
          throw new Error(`${tab.url()} ${JSON.stringify({ said, errors })}`);
        await sleep(LOOK);
      }
    },
  };
}
