/** The processes of a browser: pages are drawn by others than those that their scripts run in. */
import type { Browser } from 'playwright-core';

export interface BrowserProcess {
  readonly id: number;
  /** As Chromium calls it, such as "renderer", or "GPU" for the one that draws, with a GPU or without. */
  readonly type: string;
  /** In seconds, since it began. */
  readonly cpuTime: number;
}

export async function processesOf(browser: Browser): Promise<readonly BrowserProcess[]> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo;
}

/** Processor time of all of its processes, by their type, in seconds. */
export async function processorTimes(browser: Browser): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const { type, cpuTime } of await processesOf(browser)) {
    times.set(type, (times.get(type) ?? 0) + cpuTime);
  }
  return times;
}
