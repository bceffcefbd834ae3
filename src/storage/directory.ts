import { link, lstat, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inputError } from '../errors.ts';
import { codeOf, directoryError } from './directory-errors.ts';
import {
  type Content,
  compareKeys,
  folderOf,
  keySegments,
  type PutOptions,
  type Storage,
} from './storage.ts';
import { isTemporary, removeLeftovers, temporaryName } from './temporary.ts';

/**
 * A storage in a folder, which is made when something is first put; keys are paths below it. An object is written
 * beside its place under a temporary name and then renamed, so a killed process leaves no half object. Symbolic links
 * are followed but not listed.
 */
export function createDirectoryStorage(path: string): Storage {
  const root = resolve(path);
  /** Folders that were looked through for what killed processes left. */
  const clean = new Set<string>();

  const placeOf = (key: string): string => {
    const segments = keySegments(key);
    if (segments.some(isTemporary)) {
      throw inputError(`"${key}" cannot be an object's key: its name is kept for unfinished files`);
    }
    return join(root, ...segments);
  };

  return {
    async put(key: string, content: Content, options: PutOptions = {}): Promise<boolean> {
      const place = placeOf(key);
      const folder = dirname(place);
      const temporary = join(folder, temporaryName());
      try {
        await mkdir(folder, { recursive: true });
        if (!clean.has(folder)) {
          await removeLeftovers(folder);
          clean.add(folder);
        }
        await write(temporary, content);
        if (options.ifAbsent) return await moveIfAbsent(temporary, place);
        await rename(temporary, place);
        return true;
      } catch (error) {
        await unlink(temporary).catch(() => {});
        throw directoryError(error, 'write', place);
      }
    },

    async get(key: string): Promise<Uint8Array | null> {
      const place = placeOf(key);
      try {
        return await readFile(place);
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(codeOf(error))) return null;
        throw directoryError(error, 'read', place);
      }
    },

    async *list(prefix: string): AsyncIterable<string> {
      yield* walk(root, folderOf(prefix), prefix);
    },

    async *folders(prefix: string): AsyncIterable<string> {
      const folder = folderOf(prefix);
      for (const name of await namesIn(root, folder)) {
        const key = folder + name;
        if (name.endsWith('/') && key.startsWith(prefix)) yield key.slice(0, -1);
      }
    },

    describe: () => path,
  };
}

async function write(path: string, content: Content): Promise<void> {
  const file = await open(path, 'wx');
  try {
    const pieces =
      typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    // Each call goes on where the last one ended.
    for (const piece of pieces) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

/** File systems without links answer one of these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** False, and nothing moved, where there is something at `place`. */
async function moveIfAbsent(temporary: string, place: string): Promise<boolean> {
  try {
    // Unlike a rename, a link never replaces what is there.
    await link(temporary, place);
  } catch (error) {
    const code = codeOf(error);
    const noLinks = NO_LINKS.includes(code);
    if (code !== 'EEXIST' && !noLinks) throw error;
    if (noLinks && !(await isThere(place))) {
      // The best there is without links: right but for two processes at the same moment.
      await rename(temporary, place);
      return true;
    }
    await unlink(temporary);
    return false;
  }
  await unlink(temporary);
  return true;
}

async function isThere(place: string): Promise<boolean> {
  try {
    await lstat(place);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The keys below `folder` ('' or ending in '/') that begin with `prefix`; one folder a level is held at a time. */
async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<string> {
  for (const name of await namesIn(root, folder)) {
    const key = folder + name;
    if (name.endsWith('/')) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walk(root, key, prefix);
    } else if (key.startsWith(prefix)) {
      yield key;
    }
  }
}

/** What is in a folder, in the order of keys: objects, and folders with a '/'. */
async function namesIn(root: string, folder: string): Promise<string[]> {
  const path = join(root, folder);
  const names: string[] = [];
  try {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      // A folder takes its place by the keys in it: "a-b" comes before "a/b".
      if (entry.isDirectory()) names.push(`${entry.name}/`);
      else if (entry.isFile() && !isTemporary(entry.name)) names.push(entry.name);
    }
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error))) {
      throw directoryError(error, 'read', path);
    }
  }
  return names.sort(compareKeys);
}
