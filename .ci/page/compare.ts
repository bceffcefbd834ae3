/** Two simulations of the list are compared: their numbers are those of `gossip run`, their runs go in step. */
import { readFile } from 'node:fs/promises';
import { reportFile } from './form.ts';
import { lookAt } from './look.ts';
import { CLUBS, inTab, type Stage } from './stage.ts';
import { distinctOf, folderOf, holdingOf, leastOf, type StoredRun, storedRun } from './stored.ts';

/** A row of what `gossip run --format json` prints, as far as the page says the same. */
interface Row {
  readonly algorithm: string;
  /** Such as "factor=1.5"; empty: none. */
  readonly parameters: string;
  readonly runs: number;
  readonly meanRounds: number;
  readonly interval: { readonly low: number; readonly high: number };
  readonly medianRounds: number;
  readonly t99: number;
  readonly maxLoad: number;
  readonly speedUp: {
    readonly ratio: number;
    readonly interval: { readonly low: number; readonly high: number };
  };
}

export function compare(stage: Stage): Promise<string[]> {
  return inTab(stage, stage.url, async (tab) => {
    const { page } = tab;
    const { rows }: { rows: Row[] } = JSON.parse(await readFile(reportFile(stage), 'utf8'));
    const runs: StoredRun[] = [];
    for (const name of CLUBS) {
      await page.getByLabel(`Compare ${await folderOf(stage.results, name)}`).check();
      runs.push(await storedRun(stage.results, name, 'karate'));
    }
    const wrong = await lookAt(tab, 'simulations');
    await page.getByRole('link', { name: `Compare these ${CLUBS.length}` }).click();
    const table = page.getByRole('region', { name: 'Table of contestants' });
    for (const [index, row] of rows.entries()) {
      const cells = table.locator('tbody tr').nth(index).locator('th, td.number');
      await cells.first().waitFor();
      const said = (await cells.allInnerTexts()).map((text) => text.replaceAll('\n', ' '));
      const expected = numbersOf(row, index === 0);
      if (`${said}` !== `${expected}`) wrong.push(`the table says ${said}, gossip run ${expected}`);
    }
    const last = Math.max(...runs.map(({ values }) => values.length - 1));
    for (let round = 0; round <= last; round++) {
      if (round > 0) await page.keyboard.press('ArrowRight');
      await page.getByText(`Round ${round} of ${last}`, { exact: true }).waitFor();
      for (const [index, run] of runs.entries()) {
        const picture = page.locator('.contestant .says').nth(index);
        const expected = standingOf(run, round);
        await picture
          .filter({ hasText: expected })
          .waitFor()
          .catch(async () => wrong.push(`${await picture.innerText()}, not ${expected}`));
      }
    }
    return [...wrong, ...(await lookAt(tab, 'compare'))];
  });
}

function numbersOf(row: Row, isFirst: boolean): string[] {
  const { algorithm, parameters, runs, meanRounds, interval, medianRounds, t99, maxLoad, speedUp } =
    row;
  const within = ({ low, high }: Row['interval']) => `(${low.toFixed(2)} to ${high.toFixed(2)})`;
  return [
    `${algorithm} ${parameters}`.trim(),
    `${runs}`,
    `${meanRounds.toFixed(2)} ${within(interval)}`,
    medianRounds.toFixed(1),
    t99.toFixed(1),
    maxLoad.toFixed(1),
    isFirst ? '1' : `${speedUp.ratio.toFixed(2)} ${within(speedUp.interval)}`,
  ];
}

/** What is said below a run's picture after a round of all. */
function standingOf(run: StoredRun, round: number): string {
  const last = run.values.length - 1;
  const at = Math.min(round, last);
  const distinct = distinctOf(run, at);
  const where = round < last ? `round ${round}` : `done in ${last} rounds`;
  return `${where} ${holdingOf(run, at)} of ${run.values[0].length} nodes with the final value ${leastOf(run)}, ${distinct} distinct value${distinct === 1 ? '' : 's'}`;
}
