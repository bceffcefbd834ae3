/** What the flows play on: a browser, a folder of their own, and a server of the simulations in it. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { PICTURES } from './look.ts';
import { openTab, type Tab } from './tab.ts';

export interface Stage {
  readonly browser: Browser;
  /** Of this check alone; `results` is in it. */
  readonly folder: string;
  readonly results: string;
  /** Of the server, with a slash at its end. */
  readonly url: string;
}

/** The name of the simulations that are started in the form, before the algorithm's, and the algorithms. */
export const CLUB = 'club';
export const ALGORITHMS = ['default', 'default_complex_memory'] as const;
/** Their folders' names are these and an id. */
export const CLUBS = ALGORITHMS.map((algorithm) => `${CLUB}-${algorithm.replaceAll('_', '-')}`);

/**
 * Opens a link of the page in a tab of a context of its own, and gives what is wrong with what is done in it, with what the
 * tab complained of. Where it throws, a picture says how the page looked then.
 */
export async function inTab(
  { browser }: Pick<Stage, 'browser'>,
  url: string,
  flow: (tab: Tab) => Promise<readonly string[]>,
): Promise<string[]> {
  const tab = await openTab(browser, url);
  try {
    return [...(await flow(tab)), ...tab.complaints];
  } catch (error) {
    await mkdir(PICTURES, { recursive: true });
    await tab.page.screenshot({ path: join(PICTURES, `failed-${++failed}.png`), fullPage: true });
    const said = tab.complaints.join('\n');
    throw new Error(`${(error as Error).message}\n${said} (failed-${failed}.png)`);
  } finally {
    await tab.close();
  }
}

let failed = 0;

/** What `gossip` prints. */
export async function gossip(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/gossip.js', ...args]);
  return stdout;
}
