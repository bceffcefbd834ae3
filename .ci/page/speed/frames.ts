/** What a browser's frames are like while a person moves what is seen, as requestAnimationFrame has them. */
import type { Page } from 'playwright-core';
import { median, quantile } from '../../../src/statistics/index.ts';

/** Milliseconds between frames. */
export type Frames = readonly number[];

/** A frame that is longer than this is seen to be late, in milliseconds. */
const LONG = 50;

/** Moves the round's slider by one every frame, back and forth, for so many milliseconds. */
export function scrub(page: Page, duration: number): Promise<Frames> {
  return page.evaluate((duration) => {
    const slider = document.querySelector<HTMLInputElement>('.slide input')!;
    const shown = () => document.querySelector('.slide output')!.textContent!;
    let [round, way] = [slider.valueAsNumber, 1];
    return new Promise<number[]>((resolve, reject) => {
      const frames: number[] = [];
      let [first, last] = [0, 0];
      requestAnimationFrame(function next(now) {
        if (last === 0) first = now;
        else frames.push(now - last);
        last = now;
        // What is not there after a frame would be missing from what is measured.
        if (frames.length > 1 && !shown().startsWith(`${round} /`)) {
          reject(new Error(`it shows ${shown()} rather than round ${round}`));
        }
        if (now - first > duration) return resolve(frames);
        if (round + way > Number(slider.max) || round + way < 0) way = -way;
        round += way;
        slider.value = `${round}`;
        slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
        requestAnimationFrame(next);
      });
    });
  }, duration);
}

/** The frames while something is done. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  const frames = await page.evaluateHandle(() => {
    const frames: number[] = [];
    let last = 0;
    const state = { frames, isOver: false };
    requestAnimationFrame(function next(now) {
      if (last > 0) frames.push(now - last);
      last = now;
      if (!state.isOver) requestAnimationFrame(next);
    });
    return state;
  });
  await act();
  return frames.evaluate((state) => {
    state.isOver = true;
    return state.frames;
  });
}

/** In words: how many a second, the median and the 95th percentile of their lengths, and how many are long. */
export function framesText(frames: Frames): string {
  const total = frames.reduce((sum, frame) => sum + frame, 0);
  const long = frames.filter((frame) => frame > LONG).length;
  return (
    `${((1000 * frames.length) / total).toFixed(1)} frames a second; median ${median(frames).toFixed(1)} ms, ` +
    `95 % within ${quantile(frames, 0.95).toFixed(1)} ms, longest ${Math.max(...frames).toFixed(0)} ms, ` +
    `${long} of ${frames.length} above ${LONG} ms`
  );
}
