/** Simulations are started in the form, and are those of the command line that it shows. */
import { exec } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { createDirectoryStorage } from '../../src/storage/index.ts';
import { differences, objectsOf } from '../objects.ts';
import { lookAt } from './look.ts';
import { ALGORITHMS, CLUB, CLUBS, inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';

const REPETITIONS = 30;

/** What `gossip run` printed of the simulations that the form started too, as JSON. */
export const reportFile = ({ folder }: Pick<Stage, 'folder'>) => join(folder, 'report.json');

export function form(stage: Stage): Promise<string[]> {
  return inTab(stage, `${stage.url}#/start?graph=example/karate`, async (tab) => {
    const { page } = tab;
    const repetitions = page.getByLabel('Repetitions', { exact: true });
    await repetitions.fill('a few');
    await page.getByLabel('Seed', { exact: true }).fill('1');
    const wrong = await refused(repetitions, 'It must be a whole number, at least 1');
    await page.getByText('Advanced', { exact: true }).click();
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('a_name');
    wrong.push(...(await refused(name, 'It')));
    wrong.push(...(await lookAt(tab, 'form-wrong')));

    await repetitions.fill(`${REPETITIONS}`);
    await name.fill(CLUB);
    await page.getByLabel('default, complex memory', { exact: true }).check();
    await page.locator('.jobs-to-be li').nth(1).waitFor();
    if ((await repetitions.getAttribute('aria-invalid')) !== 'false')
      wrong.push('a value that is mended is still called invalid');
    wrong.push(...(await lookAt(tab, 'form')));
    const [command, file] = await page.locator('.equivalent pre').allInnerTexts();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('link', { name: `Compare these ${ALGORITHMS.length}` }).waitFor();
    const path = join(stage.folder, 'form.yaml');
    await writeFile(path, file);
    const fileCommand = `gossip run examples/karate.yaml ${path}`;
    wrong.push(...(await playsTheSame(stage, fileCommand, () => false)));
    // The command takes all graphs of its files; results do not depend on how they were selected.
    const isManifest = (key: string) => key.endsWith('/manifest.json');
    wrong.push(...(await playsTheSame(stage, command, isManifest)));
    return wrong;
  });
}

/** Whether a field says that it is wrong, in words that belong to it. */
async function refused(field: Locator, words: string): Promise<string[]> {
  const said = await field.evaluate((element) => {
    const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
    return {
      invalid: element.getAttribute('aria-invalid'),
      text: ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
    };
  });
  if (said.invalid === 'true' && said.text.includes(words)) return [];
  return [`a wrong value is not refused: ${JSON.stringify(said)}`];
}

/** Plays what the form says is the same elsewhere, and compares every object but those that may differ. */
async function playsTheSame(
  stage: Stage,
  command: string,
  mayDiffer: (key: string) => boolean,
): Promise<string[]> {
  const results = await mkdtemp(join(stage.folder, 'played-'));
  const gossip = `'${process.execPath}' bin/gossip.js`;
  const line = `${command.replace(/^gossip/, gossip)} --format json --results '${results}'`;
  const { stdout } = await promisify(exec)(line);
  await writeFile(reportFile(stage), stdout);
  const wrong: string[] = [];
  for (const name of CLUBS) {
    const folder = await folderOf(stage.results, name);
    const [started, played] = await Promise.all(
      [stage.results, results].map((place) =>
        objectsOf(createDirectoryStorage(place), `${folder}/`),
      ),
    );
    if (started.size < REPETITIONS) wrong.push(`${folder} has ${started.size} objects`);
    for (const key of differences(started, played)) {
      if (!mayDiffer(key)) wrong.push(`${key} is not that of: ${command}`);
    }
  }
  return wrong;
}
