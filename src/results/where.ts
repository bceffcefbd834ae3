import { basename, dirname, resolve } from 'node:path';
import { manifestKey, type Storage } from '../storage/index.ts';
import { runOfKey } from './run-key.ts';

/** What somebody named: a storage, or the folder of one simulation in it. */
export interface Place {
  readonly storage: Storage;
  /** Null: all that is in the storage. */
  readonly folder: string | null;
}

/** Opens what `where` names, by `open`: a storage, or one simulation's folder in it. */
export async function openResults(
  where: string,
  open: (where: string) => Promise<Storage>,
): Promise<Place> {
  const storage = await open(where);
  const split = splitWhere(where);
  if (split === null || !(await isSimulation(storage, split.folder))) {
    return { storage, folder: null };
  }
  return { storage: await open(split.parent), folder: split.folder };
}

/** The last part of a place, and what is before it; null where there is only one part. */
function splitWhere(where: string): { parent: string; folder: string } | null {
  const bucket = /^(s3:\/\/[^/]+(?:\/.+)?)\/([^/]+)\/*$/.exec(where);
  if (bucket !== null) return { parent: bucket[1], folder: bucket[2] };
  if (where.startsWith('s3://')) return null;
  const path = /^\.*$/.test(basename(where)) ? resolve(where) : where;
  return basename(path) === '' ? null : { parent: dirname(path), folder: basename(path) };
}

/** Whether the keys of a storage are those of one simulation in a folder of this name. */
async function isSimulation(storage: Storage, folder: string): Promise<boolean> {
  const file = manifestKey(folder).slice(folder.length + 1);
  if ((await storage.get(file)) !== null) return true;
  for await (const key of storage.list('')) {
    const run = runOfKey(`${folder}/${key}`);
    if (run !== null && folder.startsWith(`${run.simulation}-`)) return true;
    if (runOfKey(key) !== null) return false;
  }
  return false;
}
