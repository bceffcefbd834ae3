/** A simulation is watched while it plays, canceled, and what was finished stays. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { lookAt } from './look.ts';
import { inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';
import { inContext } from './tab.ts';

/** The form, filled in with what takes minutes. */
export const LONG =
  '#/start?graph=example/holme-kim&name=live&aggregate=mean&repetitions=1000&seed=1';
/** Moments of it that are waited for. */
const MOMENTS = 5;

export function live(stage: Stage): Promise<string[]> {
  return inTab(stage, stage.url + LONG, async (tab) => {
    const { page } = tab;
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const progress = page.getByRole('progressbar', { name: 'Runs' });
    await progress.waitFor();
    await moves(page);
    const wrong = await lookAt(tab, 'live');
    await moves(page);
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) >= 1);

    const list = await inContext(tab.context, stage.url);
    await list.page.getByRole('heading', { name: 'Playing now' }).waitFor();
    await list.page.getByRole('button', { name: 'Cancel live-default' }).waitFor();
    wrong.push(...(await lookAt(list, 'simulations-playing')));

    await page.getByRole('button', { name: 'Cancel' }).click();
    const text = await page
      .getByText(/^canceled after [\d,]+ of 1,000 runs$/)
      .first()
      .innerText();
    const finished = Number(/after ([\d,]+)/.exec(text)?.[1].replaceAll(',', ''));
    const folder = await folderOf(stage.results, 'live-default');
    const kept = await readdir(join(stage.results, folder, '_gossip', 'holme-kim'));
    if (finished < 1 || kept.length !== finished)
      wrong.push(`${finished} runs are finished, ${kept.length} are stored`);
    const stored = list.page.getByRole('row', { name: folder });
    const cell = stored.getByText(`${finished} of 1,000`);
    await cell.waitFor();
    await page.getByRole('link', { name: 'See its runs, round by round' }).click();
    await page
      .getByText(/^round 0 of \d+: /)
      .first()
      .waitFor();
    return [...wrong, ...list.complaints];
  });
}

/** Waits until so many moments of the run were shown. */
async function moves(page: Page): Promise<void> {
  const seen = new Set<string>();
  const moment = page.locator('.moment b');
  const late = Date.now() + 60_000;
  while (seen.size < MOMENTS) {
    if (Date.now() > late) throw new Error(`it does not move: ${[...seen].join('; ')}`);
    const text = await moment.innerText();
    if (!/^run [\d,]+, round [\d,]+.*: [\d,]+ of 1,000 nodes/.test(text))
      throw new Error(`a moment of it: ${text}`);
    seen.add(text);
    await page.waitForTimeout(50);
  }
}
