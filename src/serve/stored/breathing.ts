import { setImmediate } from 'node:timers/promises';

/** How long the event loop may wait, in milliseconds. */
const PATIENCE = 30;

/** The same items; whoever goes through them lets others run in between. */
export async function* breathing<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let breath = performance.now();
  for await (const item of items) {
    yield item;
    if (performance.now() - breath < PATIENCE) continue;
    await setImmediate();
    breath = performance.now();
  }
}
