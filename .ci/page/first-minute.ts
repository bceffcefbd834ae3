/** With nothing stored yet, the page offers something to play at a click. */
import { lookAt } from './look.ts';
import { inTab, type Stage } from './stage.ts';

export function firstMinute(stage: Stage): Promise<string[]> {
  return inTab(stage, stage.url, async (tab) => {
    const { page } = tab;
    await page.getByText('Nothing is stored in').waitFor();
    const wrong = await lookAt(tab, 'first-minute');
    const karate = page.getByRole('region', { name: "Zachary's karate club" });
    await page.getByRole('region', { name: 'Gnutella' }).getByRole('button').first().waitFor();
    await karate
      .getByRole('button', { name: /^Play / })
      .first()
      .click();
    await page.getByRole('link', { name: 'See its runs, round by round' }).click();
    await page
      .getByText(/^round 0 of \d+: 1 of 34 nodes hold/)
      .first()
      .waitFor();
    return wrong;
  });
}
