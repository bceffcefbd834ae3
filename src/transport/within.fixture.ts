import { test } from 'uvu';

/** For tests: the promise, or after so many milliseconds an error that says what did not happen. */
export function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: not within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A test that waits for something: fails by its name when that does not come. */
export function timedTest(title: string, body: () => Promise<void>): void {
  test(title, () => within(15_000, title, body()));
}
