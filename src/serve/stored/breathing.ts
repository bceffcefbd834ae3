import { createBreath } from '../../replay/breath.ts';

/** The same items; whoever goes through them lets others run in between. */
export async function* breathing<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const breathe = createBreath();
  for await (const item of items) {
    yield item;
    await breathe();
  }
}
