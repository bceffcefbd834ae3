/** What can be downloaded: pictures that open, numbers that are those stored. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { runLink, saidAt } from './run-screen.ts';
import { CLUBS, inTab, type Stage } from './stage.ts';
import { distinctOf, folderOf, holdingOf, storedRun } from './stored.ts';

const ROUND = 2;
const PNG = '89504e470d0a1a0a';

export async function runDownloads(stage: Stage): Promise<string[]> {
  const run = await storedRun(stage.results, CLUBS[0], 'karate');
  const link = runLink(run.folder, run.graph, 1, `&round=${ROUND}`);
  return inTab(stage, stage.url + link, async ({ page }) => {
    await saidAt(page, `round ${ROUND} of `);
    const rounds = run.values.map((_, round) => [
      round,
      holdingOf(run, round),
      distinctOf(run, round),
    ]);
    const curve = 'Download Values by round as';
    return [
      ...(await isPicture(page, 'Download the graph as SVG', run.values[0].length)),
      ...(await isPng(page, 'Download the graph as PNG')),
      ...(await hasNumbers(page, 'Download the values as CSV', [
        ['node', 'value'],
        ...run.values[ROUND].entries(),
      ])),
      ...(await isPicture(page, `${curve} SVG`, 0)),
      ...(await isPng(page, `${curve} PNG`)),
      ...(await hasNumbers(page, `${curve} CSV`, [
        ['round', 'nodes with the final value', 'distinct values'],
        ...rounds,
      ])),
    ];
  });
}

export async function comparisonDownloads(stage: Stage): Promise<string[]> {
  const folders = await Promise.all(CLUBS.map((name) => folderOf(stage.results, name)));
  const query = folders.map((folder) => `with=${folder}/karate/1`).join('&');
  return inTab(stage, `${stage.url}#/compare?${query}`, async ({ page }) => {
    const name = 'Download Rounds of each run as';
    await page.getByRole('button', { name: `${name} CSV` }).waitFor();
    const wrong = [
      ...(await isPicture(page, `${name} SVG`, 2 * 30)),
      ...(await isPng(page, `${name} PNG`)),
    ];
    const [header, ...records] = recordsOf(await downloaded(page, `${name} CSV`));
    if (`${header}` !== 'row,run,rounds,converged') wrong.push(`a header: ${header}`);
    const expected = await Promise.all(
      CLUBS.flatMap((club) =>
        Array.from({ length: 30 }, async (_, index) => {
          const { values } = await storedRun(stage.results, club, 'karate', index + 1);
          return [index + 1, values.length - 1, true];
        }),
      ),
    );
    const said = records.map(([, ...record]) => record);
    if (`${said}` !== `${expected}`) wrong.push(`rounds of runs: ${said}, not ${expected}`);
    return wrong;
  });
}

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path());
}

/** Whether it is XML, a picture, and has so many discs or more. */
async function isPicture(page: Page, button: string, discs: number): Promise<string[]> {
  const text = `${await downloaded(page, button)}`;
  const seen = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    const error = document.querySelector('parsererror')?.textContent ?? '';
    const discs = document.querySelectorAll('circle').length;
    return { error, root: document.documentElement.localName, discs };
  }, text);
  if (seen.error === '' && seen.root === 'svg' && seen.discs >= discs) return [];
  return [`${button}: ${JSON.stringify(seen)}`];
}

/** Whether it is a PNG that a browser reads, of more than one color. */
async function isPng(page: Page, button: string): Promise<string[]> {
  const bytes = await downloaded(page, button);
  if (bytes.subarray(0, 8).toString('hex') !== PNG) return [`${button}: it is none`];
  const colors = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, bytes.toString('base64'));
  return colors > 1 ? [] : [`${button}: it is of one color`];
}

async function hasNumbers(
  page: Page,
  button: string,
  expected: Iterable<readonly (string | number)[]>,
): Promise<string[]> {
  const said = recordsOf(await downloaded(page, button));
  const wanted = [...expected];
  return `${said}` === `${wanted}` ? [] : [`${button}: ${said}, not ${wanted}`];
}

/** The records of a CSV file without quotes. */
function recordsOf(bytes: Buffer): string[][] {
  return `${bytes}`
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}
