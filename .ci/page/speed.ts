// node .ci/page/speed.ts [part…]: how fast the page is in a headless Chromium, which draws WebGL without a GPU, and what it
// takes over the wire. Prints figures, and asserts nothing: they are this machine's, which should be quiet. Parts, all of
// them where none is named: first, thousand, large, exchanges, wire, followers. Needs Chromium on PATH; followers, Linux.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { median } from '../../src/statistics/index.ts';
import { launchChromium } from '../chromium.ts';
import { serve } from './served.ts';
import { playFollowed, type Took } from './speed/followed.ts';
import { type Frames, framesDuring, framesText, scrub } from './speed/frames.ts';
import { processesOf, processorTimes } from './speed/processes.ts';
import { type RunName, storeRun } from './speed/stored.ts';
import { stepBack } from './speed/threads.ts';
import { countBytes } from './speed/wire.ts';
import { openTab, type Tab, WIDE } from './tab.ts';

/** How long frames are looked at, in milliseconds. */
const WHILE = 5000;
const FOLLOWERS = 30;
/** Than a simulation is played beside them. */
const MUCH_LONGER = 120_000;
/** How often it is played without followers, and as often with them, in turn. */
const TIMES = 3;
/** Of runs of 500 to 1,000 rounds on 1,000 nodes: some seconds. */
const REPETITIONS = 20;

const PARTS = { first, thousand, large, exchanges, wire, followers };

const named = process.argv.slice(2) as (keyof typeof PARTS)[];
const results = mkdtempSync(join(tmpdir(), 'gossip-'));
const served = await serve(['--results', results]);
const browser = await launchChromium();
try {
  for (const part of named.length === 0 ? (Object.keys(PARTS) as typeof named) : named) {
    await PARTS[part]();
  }
} finally {
  await browser.close();
  await served.stop();
  rmSync(results, { recursive: true });
}

/** The first view, where nothing is stored. */
async function first(): Promise<void> {
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  const { taken } = await countBytes(page);
  await page.goto(served.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(500);
  const bytes = [...taken.values()].reduce((sum: number, each) => sum + (each ?? 0), 0);
  say('first view', `${kB(bytes)} of ${taken.size} requests`);
  await page.context().close();
}

/** Scrubbing 1,000 nodes. */
async function thousand(): Promise<void> {
  for (const name of ['thousand', 'thousand-mean'] as const) {
    const { tab } = await openRun(name);
    await sayFrames(`${name}, scrubbing`, () => scrub(tab.page, WHILE));
    await sayFrames(`${name}, moving it`, () => framesDuring(tab.page, () => moveAbout(tab.page)));
    await tab.close();
  }
}

/** 10,000 nodes and 60,000 edges. */
async function large(): Promise<void> {
  const { tab, opened } = await openRun('large');
  say('large, opened', `picture after ${opened.toFixed(0)} ms, with its layout`);
  await sayFrames('large, scrubbing', () => scrub(tab.page, WHILE));
  await sayFrames('large, moving it', () => framesDuring(tab.page, () => moveAbout(tab.page)));
  await tab.page.reload();
  say('large, opened again', `picture after ${(await firstPicture(tab.page)).toFixed(0)} ms`);
  await tab.close();
}

/** Karate club, exchange by exchange. */
async function exchanges(): Promise<void> {
  const { tab } = await openRun('karate');
  await tab.page.getByLabel('Speed').selectOption('60');
  await tab.page.getByRole('button', { name: 'Play', exact: true }).click();
  await sayFrames('karate, 60 exchanges a second', () =>
    framesDuring(tab.page, () => tab.page.waitForTimeout(1500)),
  );
  await tab.close();
}

/** What histories take: 500 rounds, 10,000 nodes. */
async function wire(): Promise<void> {
  for (const name of ['far-minimum', 'far-mean'] as const) {
    const link = storeRun(results, name);
    const page = await (await browser.newContext({ viewport: WIDE })).newPage();
    const { taken } = await countBytes(page);
    await page.goto(served.url + link);
    for (const [method, what] of [
      ['ReadHistory', 'its history'],
      ['GetGraph', 'its graph'],
    ] as const) {
      while (typeof taken.get(method) !== 'number') await page.waitForTimeout(50);
      say(`${name}, ${what}`, kB(taken.get(method)!));
    }
    await page.context().close();
  }
}

/**
 * A simulation that nobody follows, and one that 30 pages do; beside them one that nobody follows while the same pages are
 * busy with something else, since all share this machine's processors and their caches.
 */
async function followers(): Promise<void> {
  const elsewhere = `${served.url}#/start`;
  const tabs: Tab[] = [];
  for (let tab = 0; tab < FOLLOWERS; tab++) tabs.push(await openTab(browser, elsewhere));
  const pages = tabs.map(({ page }) => page);
  // People have their browsers on other machines: here it has what processor time is left.
  for (const { id } of await processesOf(browser)) stepBack(id);
  const stored = served.url + storeRun(results, 'thousand-mean');
  const took: Record<'alone' | 'followed' | 'beside', Took[]> = {
    alone: [],
    followed: [],
    beside: [],
  };
  const leave = () => Promise.all(pages.map((page) => page.goto(elsewhere)));
  for (let time = 0; time < TIMES; time++) {
    took.alone.push(await playFollowed(served, [], REPETITIONS));
    took.followed.push(await playFollowed(served, pages, REPETITIONS));
    await leave();
    await Promise.all(pages.map((page) => page.goto(stored).then(() => firstPicture(page))));
    // Until they leave.
    for (const page of pages) scrub(page, MUCH_LONGER).catch(() => {});
    took.beside.push(await playFollowed(served, [], REPETITIONS));
    await leave();
  }
  const others = {
    [`a simulation that ${FOLLOWERS} pages follow`]: took.followed,
    [`a simulation beside ${FOLLOWERS} pages that scrub a stored run`]: took.beside,
  };
  for (const [name, other] of Object.entries(others)) {
    for (const what of ['processor', 'clock'] as const) {
      const [alone, not] = [took.alone, other].map((each) => each.map((one) => one[what]));
      const ratio = median(not) / median(alone);
      const all = (seconds: number[]) => seconds.map((each) => each.toFixed(2)).join(' ');
      say(
        name,
        `${ratio.toFixed(3)} times what it takes alone, ${what}: ${all(not)} s, ${all(alone)} s alone`,
      );
    }
  }
  await Promise.all(tabs.map((tab) => tab.close()));
}

/** Says what frames are like, and what each takes of the processor, however busy others keep it. */
async function sayFrames(what: string, look: () => Promise<Frames>): Promise<void> {
  const before = await processorTimes(browser);
  const frames = await look();
  const after = await processorTimes(browser);
  const each = (type: string) =>
    ((1000 * ((after.get(type) ?? 0) - (before.get(type) ?? 0))) / frames.length).toFixed(1);
  say(
    what,
    `${framesText(frames)}; a frame takes ${each('renderer')} ms of the processor for the page, ${each('GPU')} ms for drawing it`,
  );
}

/** Stores a run and opens its page; `opened`: until its picture was there, in milliseconds. */
async function openRun(name: RunName): Promise<{ tab: Tab; opened: number }> {
  const tab = await openTab(browser, served.url + storeRun(results, name));
  const opened = await firstPicture(tab.page);
  // Until the history is there, and nothing else happens any more.
  await tab.page.waitForTimeout(2000);
  return { tab, opened };
}

/** When the graph was drawn first, in milliseconds since the page was asked for. */
async function firstPicture(page: Page): Promise<number> {
  await page.locator('.graph-canvas canvas').first().waitFor({ state: 'attached' });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now)));
      }),
  );
}

/** Drags the picture about, and magnifies it. */
async function moveAbout(page: Page): Promise<void> {
  const { x, y, width, height } = (await page.locator('.graph-canvas').boundingBox())!;
  const [left, top] = [x + width / 2, y + height / 2];
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (let step = 1; step <= 100; step++) {
    await page.mouse.move(left + 100 * Math.sin(step / 8), top + 50 * Math.sin(step / 5));
  }
  await page.mouse.up();
  for (let step = 0; step < 6; step++) {
    await page.mouse.wheel(0, step < 3 ? -200 : 200);
    await page.waitForTimeout(150);
  }
}

function say(what: string, figures: string): void {
  console.log(`${what}: ${figures}`);
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
