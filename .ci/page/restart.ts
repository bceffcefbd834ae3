/** The server goes away under open pages, and comes back: they say so, and go on by themselves. */

import { lookAt } from './look.ts';
import { findNode, runLink, saidAt } from './run-screen.ts';
import { serve } from './served.ts';
import { CLUBS, gossip, inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';
import { inContext } from './tab.ts';

/** What a browser says of a server that is away. */
const AWAY =
  /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/;

export async function restart(stage: Stage): Promise<string[]> {
  const folder = await folderOf(stage.results, CLUBS[0]);
  const flags = ['--results', stage.results];
  let served = await serve(flags);
  try {
    const said = await inTab(stage, served.url + runLink(folder, 'karate'), async (tab) => {
      const { page } = tab;
      await saidAt(page, 'round 0 of ');
      const list = await inContext(tab.context, served.url);
      await list.page.getByLabel(`Compare ${folder}`).waitFor();
      await served.stop();
      const away = 'The server cannot be reached';
      for (const one of [page, list.page]) await one.getByText(away).waitFor();
      const wrong = await lookAt(tab, 'away');
      // What is here already goes on.
      await page.keyboard.press('ArrowRight');
      await saidAt(page, 'round 1 of ');
      await gossip(
        'run',
        'examples/karate.yaml',
        '--algorithm',
        'default',
        '--repetitions',
        '2',
        '--name',
        'meanwhile',
        '--results',
        stage.results,
      );
      served = await serve(flags, { port: served.port });
      for (const one of [page, list.page]) {
        await one.bringToFront();
        await one.getByText('Connected again.').waitFor();
        await one.getByText(away).waitFor({ state: 'detached' });
      }
      // What has changed meanwhile appears by itself, and what is asked for is answered.
      await list.page.getByRole('link', { name: 'meanwhile-default' }).waitFor();
      await page.bringToFront();
      await findNode(page, 33);
      return [...wrong, ...list.complaints];
    });
    return said.filter((text) => !AWAY.test(text));
  } finally {
    await served.stop();
  }
}
