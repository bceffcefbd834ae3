/** On other addresses than the loopback the page only reads, unless there is a token. */
import { lookAt } from './look.ts';
import { serve } from './served.ts';
import { inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';

const EVERYWHERE = ['--host', '0.0.0.0'];
const TOKEN = 'the-token-of-this-check';
const FORM = '#/start?graph=example/karate&name=token&repetitions=2&seed=1';

/** The form says so, and whoever asks the service is refused. */
export async function readingOnly(stage: Stage): Promise<string[]> {
  const served = await serve([...EVERYWHERE, '--results', stage.results]);
  try {
    const wrong = await inTab(stage, `${served.url}#/start`, async (tab) => {
      const { page } = tab;
      await page.getByText('This server only reads.').waitFor();
      const buttons = await page.getByRole('button', { name: 'Start', exact: true }).count();
      const seen = await lookAt(tab, 'reading-only');
      return buttons === 0 ? seen : [...seen, 'there is a button that starts'];
    });
    return [...wrong, ...(await refused(served.url, 'permission_denied'))];
  } finally {
    await served.stop();
  }
}

/** Who shows the token may start; nobody else. */
export async function token(stage: Stage): Promise<string[]> {
  const flags = [...EVERYWHERE, '--allow-start', '--results', stage.results];
  const served = await serve(flags, { env: { GOSSIP_TOKEN: TOKEN } });
  try {
    const wrong = await inTab(stage, served.url + FORM, async (tab) => {
      const { page } = tab;
      await page.getByText('Enter the token of this server.').waitFor();
      const seen = await lookAt(tab, 'token');
      const field = page.getByLabel('Token');
      await field.fill(`${TOKEN}?`);
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByText('This is not the token of this server.').waitFor();
      await field.fill(TOKEN);
      await page.locator('.jobs-to-be li').first().waitFor();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('link', { name: 'See its runs, round by round' }).waitFor();
      await folderOf(stage.results, 'token-default');
      return seen;
    });
    // What a browser says of an answer that refuses.
    const others = wrong.filter((text) => !/the server responded with a status of 401/.test(text));
    return [...others, ...(await refused(served.url, 'unauthenticated'))];
  } finally {
    await served.stop();
  }
}

/** Asks to start without a token. */
async function refused(url: string, expected: string): Promise<string[]> {
  const response = await fetch(`${url}gossip.v1.SimulationService/StartSimulations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ examples: ['karate'] }),
  });
  const { code } = (await response.json()) as { code?: string };
  return code === expected ? [] : [`to start without a token is answered by ${code}`];
}
