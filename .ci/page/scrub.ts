/** A stored run is scrubbed by keyboard and slider: what is said is what is stored. */
import { isDeepStrictEqual } from 'node:util';
import { lookAt } from './look.ts';
import { openValues, runLink, type Said, saidAt } from './run-screen.ts';
import { CLUBS, inTab, type Stage } from './stage.ts';
import { distinctOf, momentOf, type StoredRun, storedRun } from './stored.ts';

const NODE = 33;

export async function scrub(stage: Stage): Promise<string[]> {
  const run = await storedRun(stage.results, CLUBS[0], 'karate');
  const last = run.values.length - 1;
  return inTab(stage, stage.url + runLink(run.folder, run.graph), async (tab) => {
    const { page } = tab;
    await openValues(page);
    const wrong: string[] = [];
    const at = async (round: number, how: string) => {
      const now = await saidAt(page, `round ${round} of ${last}:`);
      wrong.push(...misses(run, round, now).map((text) => `${how}, round ${round}: ${text}`));
    };
    await at(0, 'at first');
    for (let round = 1; round <= last; round++) {
      await page.keyboard.press('ArrowRight');
      await at(round, 'by →');
    }
    wrong.push(...(await lookAt(tab, 'run')));
    for (let round = last - 1; round >= 0; round--) {
      await page.keyboard.press('ArrowLeft');
      await at(round, 'by ←');
    }
    await page.keyboard.press('End');
    await at(last, 'by End');
    const slider = page.locator('.slide', { hasText: 'Round' }).getByRole('slider');
    for (let round = 0; round <= last; round++) {
      await slider.fill(`${round}`);
      await at(round, 'by the slider');
    }
    await slider.press('ArrowLeft');
    await at(last - 1, 'by ← in the slider');
    await slider.blur();
    await page.keyboard.press('Home');
    await at(0, 'by Home');
    await page.getByLabel('Speed').selectOption('60');
    await page.getByLabel('Speed').blur();
    await page.keyboard.press(' ');
    await at(last, 'played');
    return wrong;
  });
}

/** Within rounds, each exchange leads from what there was before it to what there is after it. */
export async function scrubExchanges(stage: Stage): Promise<string[]> {
  const run = await storedRun(stage.results, CLUBS[1], 'karate', 2);
  const last = run.values.length - 1;
  return inTab(stage, stage.url + runLink(run.folder, run.graph, 2), async (tab) => {
    const { page } = tab;
    await openValues(page);
    const wrong: string[] = [];
    for (let round = 1; round <= last; round++) {
      const values = [...run.values[round - 1]];
      let exchanges = Number.POSITIVE_INFINITY;
      for (let exchange = 1; exchange <= exchanges; exchange++) {
        await page.keyboard.press('Shift+ArrowRight');
        const now = await saidAt(page, `round ${round} of ${last}, exchange ${exchange} of `);
        exchanges = Number(/ exchange \d+ of (\d+)/.exec(now.moment)?.[1]);
        wrong.push(
          ...applied(values, now).map((text) => `round ${round}, exchange ${exchange}: ${text}`),
        );
      }
      if (!isDeepStrictEqual(values, run.values[round]))
        wrong.push(`the exchanges of round ${round} do not lead to its end`);
    }
    await page.keyboard.press('Shift+ArrowLeft');
    wrong.push(...(await lookAt(tab, 'exchange')));
    return wrong;
  });
}

/** A node is found by its name, and says what it has been through. */
export async function node(stage: Stage): Promise<string[]> {
  const run = await storedRun(stage.results, CLUBS[0], 'karate');
  return inTab(stage, stage.url + runLink(run.folder, run.graph, 1, '&round=1'), async (tab) => {
    const { page } = tab;
    await saidAt(page, 'round 1 of ');
    await page.keyboard.press('/');
    await page.keyboard.type(`${NODE}`);
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: `Node ${NODE}` });
    await panel.getByText(`Holds ${run.values[1][NODE]}.`).waitFor();
    await panel.getByText(/Until after round 1 it took part in \d+ exchange/).waitFor();
    await panel.getByRole('heading', { name: 'Its last pick' }).waitFor();
    const wrong = await lookAt(tab, 'node');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    return wrong;
  });
}

/** Where what is said after a round is not what is stored. */
function misses(run: StoredRun, round: number, { moment, values, legend }: Said): string[] {
  const wrong: string[] = [];
  if (moment !== momentOf(run, round)) wrong.push(`${moment}, not ${momentOf(run, round)}`);
  if (!isDeepStrictEqual(values, run.values[round])) wrong.push(`the table has ${values}`);
  const distinct = `${distinctOf(run, round)}`;
  if (legend['distinct values'] !== distinct)
    wrong.push(`${JSON.stringify(legend)}, where ${distinct} values are distinct`);
  return wrong;
}

/** Changes the values as an exchange does, and gives where they are not what is said before and after it. */
function applied(values: number[], { exchange, values: table }: Said): string[] {
  const parts = /^(\d+) asked (\d+): (\d+) and (\d+) → (\d+)$/.exec(exchange)?.slice(1);
  if (parts === undefined) return [`"${exchange}"`];
  const [initiator, partner, mine, theirs, after] = parts.map(Number);
  const before = [values[initiator], values[partner]];
  values[initiator] = after;
  values[partner] = after;
  if (!isDeepStrictEqual(before, [mine, theirs])) return [`${exchange}: they held ${before}`];
  return isDeepStrictEqual(table, values) ? [] : [`${exchange}: the table has ${table}`];
}
