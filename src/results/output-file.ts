import { rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { directoryError } from '../storage/directory-errors.ts';
import { removeLeftovers, temporaryName } from '../storage/temporary.ts';

/**
 * Writes a file whole or not at all: `write` is given the path of a new file beside it, which then takes its place.
 * Throws GossipError where that cannot be done, and what `write` throws.
 */
export async function writeWhole(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName());
  try {
    await removeLeftovers(folder);
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw isOfSystem(error) ? directoryError(error, 'write', path) : error;
  }
}

function isOfSystem(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';
}
