/** A busy browser says late, and of several moments at once, which rows are in sight: those that are must be drawn. */
import { openValues, runLink, saidAt } from './run-screen.ts';
import { CLUBS, inTab, type Stage } from './stage.ts';
import { storedRun } from './stored.ts';

/** What the browser notices in this time is said at once, in milliseconds. */
const LATE = 300;

export async function busy(stage: Stage): Promise<string[]> {
  const run = await storedRun(stage.results, CLUBS[0], 'karate');
  return inTab(stage, stage.url + runLink(run.folder, run.graph), async ({ page }) => {
    await page.addInitScript(saysLate, LATE);
    await page.reload();
    await saidAt(page, 'round 0 of ');
    await openValues(page);
    await page.locator('details.values .scroll').evaluate(async (box) => {
      const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const end = box.scrollTop;
      for (const top of [0, end]) {
        box.scrollTop = top;
        await drawn();
        await drawn();
      }
    });
    // What was said late has been heard by then; what follows from it may take longer.
    await page.waitForTimeout(2 * LATE);
    const rows = page.locator('details.values tbody td.number');
    const { length } = run.values[0];
    await rows.nth(length - 1).waitFor();
    const drawn = await rows.count();
    return drawn === length ? [] : [`${drawn} rows are drawn, of ${length}`];
  });
}

/** Of the page, before its own scripts: observers of what is in sight hear late. */
function saysLate(late: number): void {
  globalThis.IntersectionObserver = class extends IntersectionObserver {
    constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
      let kept: IntersectionObserverEntry[] = [];
      super((entries, observer) => {
        if (kept.length === 0) {
          setTimeout(() => {
            const all = kept;
            kept = [];
            callback(all, observer);
          }, late);
        }
        kept.push(...entries);
      }, options);
    }
  };
}
