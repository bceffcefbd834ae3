/** A tab of Chromium whose every complaint is kept. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console, scripts and the network have complained of so far. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

/** How long a page may take to show something, in milliseconds. */
const PATIENCE = 30_000;
/** What a browser without a GPU says of itself when a picture is read back. */
const OF_THE_BROWSER = /GPU stall due to ReadPixels|Automatic fallback to software WebGL/;

/** Opens a URL in a context of its own. */
export async function openTab(browser: Browser, url: string, viewport = WIDE): Promise<Tab> {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE);
  return inContext(context, url);
}

/** Opens a URL in another tab of the same context. */
export async function inContext(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (['error', 'warning'].includes(message.type()) && !OF_THE_BROWSER.test(text)) {
      complaints.push(`console: ${text}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== new URL(url).origin)
      complaints.push(`it asks another host: ${request.url()}`);
  });
  await page.goto(url);
  return { page, context, complaints, close: () => context.close() };
}
