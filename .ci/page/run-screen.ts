/** What the view of a run says in words and numbers. */
import type { Page } from 'playwright-core';

export interface Said {
  /** Such as "round 3 of 4: 30 of 34 nodes hold 2". */
  readonly moment: string;
  /** Such as "12 asked 33: 7 and 2 → 2"; empty: none is looked at. */
  readonly exchange: string;
  /** The table of values, by node; empty while it is closed. */
  readonly values: number[];
  /** What is written below the curve, by its label. */
  readonly legend: Readonly<Record<string, string>>;
}

/** Opens the table of values, with all rows of a small graph: those out of sight are not drawn. */
export async function openValues(page: Page): Promise<void> {
  await page.getByText('Values of the nodes', { exact: true }).click();
  const rows = page.locator('details.values tbody');
  await rows.last().scrollIntoViewIfNeeded();
  await rows.last().locator('td.number').first().waitFor();
}

/** Finds a node by its name, as by keyboard, until all of it is there. */
export async function findNode(page: Page, name: number): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(`${name}`);
  await page.keyboard.press('Enter');
  await nodeSeen(page);
}

/** Waits until all that is said of the node that is looked at is there. */
export async function nodeSeen(page: Page): Promise<void> {
  await page
    .getByRole('heading', { name: 'Its neighbors, and what its next pick goes by' })
    .waitFor();
}

/** What it says now. */
export function said(page: Page): Promise<Said> {
  return page.evaluate(() => {
    const text = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? '';
    const cells = [...document.querySelectorAll('details.values tbody td.number')];
    const lines = [...document.querySelectorAll('.curve .legend li')].map((line) => {
      const value = line.querySelector('b')?.textContent ?? '';
      const label = (line.textContent ?? '').replace(value, '').trim();
      return [label, value] as const;
    });
    return {
      moment: text('.moment b'),
      exchange: text('.moment .exchange'),
      values: cells.map((cell) => Number(cell.textContent)),
      legend: Object.fromEntries(lines),
    };
  });
}

/** Waits until it is at a moment whose words begin so, and gives what it says then. */
export async function saidAt(page: Page, beginning: string): Promise<Said> {
  try {
    await page.waitForFunction(
      (text) => document.querySelector('.moment b')?.textContent?.startsWith(text),
      beginning,
    );
  } catch {
    throw new Error(`it is not at "${beginning}" but at "${(await said(page)).moment}"`);
  }
  return said(page);
}

/** The link to a run. */
export function runLink(folder: string, graph: string, run = 1, more = ''): string {
  return `#/run?simulation=${folder}&graph=${graph}&execution=1&run=${run}${more}`;
}
