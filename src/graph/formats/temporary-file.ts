import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For tests: writes a file into a folder of its own, hands its path on, and removes both afterwards. */
export async function withFile<T>(
  name: string,
  content: string | Uint8Array,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'));
  const path = join(folder, name);
  try {
    writeFileSync(path, content);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** For tests: the message of the error that a promise is refused with; fails where it is not a GossipError. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: Error) => reason,
  );
  if (error.name !== 'GossipError') throw error;
  return error.message;
}
