/** A link, opened by somebody else, shows the same state. */
import type { Page } from 'playwright-core';
import { findNode, openValues, runLink, saidAt } from './run-screen.ts';
import { CLUBS, inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';

/** Until what a link leads to must be there. */
const PATIENCE = 30_000;

export async function runLinked(stage: Stage): Promise<string[]> {
  const folder = await folderOf(stage.results, CLUBS[1]);
  return inTab(stage, stage.url + runLink(folder, 'karate'), async ({ page }) => {
    await saidAt(page, 'round 0 of ');
    await page.getByRole('button', { name: 'The next run' }).click();
    await saidAt(page, 'round 0 of ');
    await page.keyboard.press('ArrowRight');
    await saidAt(page, 'round 1 of ');
    for (let exchange = 1; exchange <= 5; exchange++) {
      await page.keyboard.press('Shift+ArrowRight');
      await page.waitForFunction(
        (text) => document.querySelector('.moment b')?.textContent?.includes(text),
        `, exchange ${exchange} of `,
      );
    }
    await findNode(page, 33);
    await written(page, ['run=2', 'round=2', 'exchange=5', 'node=33']);
    return samePage(stage, page, openValues);
  });
}

export async function comparisonLinked(stage: Stage): Promise<string[]> {
  const folders = await Promise.all(CLUBS.map((name) => folderOf(stage.results, name)));
  const query = folders.map((folder) => `with=${folder}/karate/1`).join('&');
  return inTab(stage, `${stage.url}#/compare?${query}`, async ({ page }) => {
    await page.getByRole('spinbutton', { name: /^Run/ }).fill('3');
    await page.keyboard.press('Enter');
    await page.getByText('run 3', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'A round on' }).click();
    await page.getByRole('button', { name: 'A round on' }).click();
    await page.getByLabel('Curve').selectOption('holding');
    await written(page, ['run=3', 'round=2', 'curve=holding']);
    return samePage(stage, page);
  });
}

/** Waits until the URL has all of these, which it has once they stay for a moment. */
async function written(page: Page, params: readonly string[]): Promise<void> {
  await page.waitForURL(({ hash }) => {
    const all = hash.slice(hash.indexOf('?') + 1).split('&');
    return params.every((param) => all.includes(param));
  });
}

/** Opens where the page is in another context, until the same is there; after the same is opened in both. */
async function samePage(
  stage: Stage,
  page: Page,
  opened: (page: Page) => Promise<void> = async () => {},
): Promise<string[]> {
  await opened(page);
  const text = await page.locator('main').innerText();
  return inTab(stage, page.url(), async ({ page: other }) => {
    await other.locator('h1').waitFor();
    await opened(other);
    const late = Date.now() + PATIENCE;
    for (;;) {
      const there = await other.locator('main').innerText();
      if (there === text) return [];
      if (Date.now() > late) return [`${page.url()} shows: ${firstDifference(there, text)}`];
      await other.waitForTimeout(100);
    }
  });
}

function firstDifference(there: string, here: string): string {
  const lines = here.split('\n');
  const line = there.split('\n').findIndex((one, index) => one !== lines[index]);
  return `${JSON.stringify(there.split('\n')[line])}, not ${JSON.stringify(lines[line])}`;
}
