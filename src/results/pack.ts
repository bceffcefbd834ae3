import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { manifestKey, runsCsvKey, type Storage } from '../storage/index.ts';
import { writeArchive } from './archive.ts';
import { inOrder } from './in-order.ts';
import { writeWhole } from './output-file.ts';

/** Objects read at once: few, since some are large. */
const AT_ONCE = 4;

/**
 * Packs a simulation's folder into one file (.tar.gz), which is there when it is whole; gives the number of objects.
 * Objects are held a few at a time.
 */
export async function packSimulation(
  storage: Storage,
  folder: string,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  await writeWhole(file, async (temporary) => {
    count = await packInto(storage, folder, createWriteStream(temporary), signal);
  });
  return count;
}

/** The same into a stream. */
export async function packInto(
  storage: Storage,
  folder: string,
  to: Writable,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  async function* objects() {
    const get = async (key: string) => ({ key, bytes: await storage.get(key) });
    for await (const { key, bytes } of inOrder(keysOf(storage, folder), AT_ONCE, get)) {
      if (bytes === null) continue;
      count++;
      yield { key, bytes };
    }
  }
  await writeArchive(to, objects(), signal);
  return count;
}

/**
 * When the objects of a simulation may be written: none before those of a lower rank. What says that others are there
 * comes after them, so that a simulation of which only a part was written is known as such, and its missing runs can be
 * played. The manifest is first: it says which simulation it is.
 */
export const RANKS = [0, 1, 2, 3, 4] as const;

/** The rank of an object. */
export function rankOf(folder: string, key: string): (typeof RANKS)[number] {
  if (key === manifestKey(folder)) return 0;
  if (key === runsCsvKey(folder)) return 4;
  if (key.endsWith('_run.json')) return 3;
  return key.endsWith('_summary.json') ? 2 : 1;
}

/** The keys of a simulation, marks first: what is marked is then there, also while the simulation is being played. */
async function* keysOf(storage: Storage, folder: string): AsyncGenerator<string> {
  yield runsCsvKey(folder);
  for (const marks of [true, false]) {
    for await (const key of storage.list(marks ? `${folder}/_gossip/` : `${folder}/`)) {
      const rank = rankOf(folder, key);
      if (rank < 4 && (rank === 3) === marks) yield key;
    }
  }
}
