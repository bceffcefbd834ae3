/** Files are dropped on the page: what is wrong with them is said, and what is in them stays text. */
import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { ringGraphml } from '../ring-graphml.ts';
import { lookAt } from './look.ts';
import { nodeSeen, openValues, saidAt } from './run-screen.ts';
import { inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';

const MARKUP = '<img src=x onerror="document.title=\'broken\'">';
/** Names of nodes, of files and of whatever has one. */
const HOSTILE = [
  MARKUP,
  '</script><script>document.title="broken"</script>',
  '../../x',
  'javascript:document.title="broken"',
  '\u202etxt.exe',
  'x'.repeat(1000),
];

const BAD = `apiVersion: gossip.io/v1
kind: Simulation
metadata:
  name: bad
spec:
  graphSelector:
    matchLabels:
      name: karate
  algorithm: default
  repetitions: -3
`;

/** A file that is wrong is refused in words, with file, line and field, and the page goes on. */
export function badFile(stage: Stage): Promise<string[]> {
  return inTab(stage, stage.url, async (tab) => {
    const { page } = tab;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await drop(page, 'bad.yaml', BAD);
    await page.getByText('bad.yaml, line 10, spec.repetitions', { exact: false }).first().waitFor();
    const wrong = await lookAt(tab, 'bad-file');
    if (await page.getByRole('button', { name: 'Start', exact: true }).isEnabled())
      wrong.push('a file that is wrong can be started');
    await drop(page, 'worse.yaml', 'a: [1,\n  }');
    await page
      .getByText(/worse\.yaml, line 2/)
      .first()
      .waitFor();
    await drop(page, 'good.yaml', BAD.replace('-3', '2').replace('name: bad', 'name: dropped'));
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('link', { name: 'See its runs, round by round' }).waitFor();
    await folderOf(stage.results, 'dropped');
    return wrong;
  });
}

/** Whatever a YAML file says is text, and nothing of it is a path. */
export function hostileFile(stage: Stage): Promise<string[]> {
  return inTab(stage, stage.url, async (tab) => {
    const { page } = tab;
    await page.getByRole('heading', { level: 1 }).waitFor();
    const before = await outside(stage);
    const wrong: string[] = [];
    for (const hostile of HOSTILE) {
      const text = JSON.stringify(hostile);
      const name = `${hostile.replaceAll('/', '∕').slice(0, 200)}.yaml`;
      await drop(page, name, BAD.replace('-3', text).replace('name: bad', `name: ${text}`));
      await page.locator('.problems li').first().waitFor();
      wrong.push(...(await harmed(page)).map((harm) => `${hostile.slice(0, 40)}: ${harm}`));
    }
    wrong.push(...(await lookAt(tab, 'hostile-file')));
    const labeled = BAD.replace('-3', '2').replace(
      'name: bad',
      `name: hostile-labels\n  labels: {series: ${JSON.stringify(MARKUP)}}\n  annotations: {description: ${JSON.stringify(HOSTILE[1])}}`,
    );
    await drop(page, `${MARKUP.replaceAll('/', '')}.yaml`, labeled);
    await page.locator('.problems li, .jobs-to-be li').first().waitFor();
    wrong.push(...(await harmed(page)));
    const made = (await outside(stage)).filter((path) => !before.includes(path));
    if (made.length > 0) wrong.push(`files were made: ${made.slice(0, 5)}`);
    return wrong;
  });
}

/** A graph whose nodes' names are markup is played, and they are shown as they are. */
export function hostileGraph(stage: Stage): Promise<string[]> {
  return inTab(stage, stage.url, async (tab) => {
    const { page } = tab;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await drop(page, 'hostile.graphml', ringGraphml(HOSTILE));
    await page.getByLabel('Repetitions', { exact: true }).fill('2');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('link', { name: 'See its runs, round by round' }).click();
    await saidAt(page, 'round 0 of ');
    await openValues(page);
    const names = await page.locator('details.values tbody th').allTextContents();
    const wrong = await harmed(page);
    for (const name of HOSTILE) {
      if (!names.includes(name)) wrong.push(`no node is called ${name.slice(0, 60)}`);
    }
    await page.locator('details.values tbody th button').first().click();
    await nodeSeen(page);
    wrong.push(...(await harmed(page)));
    return [...wrong, ...(await lookAt(tab, 'hostile-graph'))];
  });
}

/** Drops a file on the page, as people do. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], name));
      return transfer;
    },
    [name, content],
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}

/** What markup from outside has done to the page. */
function harmed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scripts = document.querySelectorAll('script:not([src])').length;
    const images = document.querySelectorAll('img').length;
    const links = document.querySelectorAll('a[href^="javascript" i]').length;
    return [
      document.title.includes('broken') ? 'a script of a file was run' : '',
      scripts > 0 ? `${scripts} scripts were put into the page` : '',
      images > 0 ? `${images} images were put into the page` : '',
      links > 0 ? `${links} links run scripts` : '',
    ].filter(Boolean);
  });
}

/** What there is beside the results. */
async function outside({ folder }: Stage): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.filter((path) => !path.startsWith('results'));
}
