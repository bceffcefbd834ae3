let failures = 0;

/** Says whether what was checked holds, and what is wrong. */
export function report(what: string, wrong: readonly string[]): void {
  console.log(`${wrong.length === 0 ? 'ok   ' : 'FAIL '} ${what}`);
  for (const line of wrong.slice(0, 10)) console.log(`      ${line}`);
  if (wrong.length > 0) failures++;
}

/** Checks one thing: what it gives is what is wrong; so is what it throws. */
export async function check(what: string, action: () => Promise<readonly string[]>): Promise<void> {
  const begin = performance.now();
  const wrong = await action().catch((error: Error & { stderr?: string }) => [
    error.message,
    ...String(error.stderr ?? '')
      .split('\n')
      .slice(0, 5),
  ]);
  report(`${what} (${((performance.now() - begin) / 1000).toFixed(0)} s)`, wrong);
}

/** 1 where something was wrong. */
export function exitCode(): number {
  return failures === 0 ? 0 : 1;
}
