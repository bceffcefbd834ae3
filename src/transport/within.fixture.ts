import { test } from 'uvu';

/** What takes longer hangs, also on a machine that does much else; in milliseconds. */
const LONGEST = 60_000;

/** For tests: the promise, or after a minute an error that says what did not happen. */
export function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${LONGEST / 1000} s`)), LONGEST);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A test that waits for something: fails by its name when that does not come. */
export function timedTest(title: string, body: () => Promise<void>): void {
  test(title, () => within(title, body()));
}
