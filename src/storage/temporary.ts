/** Names of files that are being written, and what to do with those whose writer was killed. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** .gossip-<machine>-<process>-<random>.tmp */
const PATTERN = /^\.gossip-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}\.tmp$/;
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const DAY = 24 * 60 * 60 * 1000;

/** A new name for an unfinished file, short enough for every file system. */
export function temporaryName(): string {
  return `.gossip-${machine}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Whether a file's name says that it is unfinished. */
export function isTemporary(name: string): boolean {
  return PATTERN.test(name);
}

/**
 * Removes from one folder what killed processes left: unfinished files of this machine's processes that are no more,
 * and any that nobody has written to for a day.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = PATTERN.exec(name);
    if (match === null) continue;
    const path = join(folder, name);
    const abandoned = match[1] === machine && !isRunning(Number(match[2]));
    // Another process may do the same at the same time.
    if (abandoned || (await isOld(path))) await unlink(path).catch(() => {});
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Any other answer (not allowed to) means that it is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function isOld(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > DAY,
    () => false,
  );
}
