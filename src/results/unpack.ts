import { GossipError, inputError } from '../errors.ts';
import { parseManifest } from '../runner/manifest.ts';
import { manifestKey, type Storage, simulationFolder, timingsCsvKey } from '../storage/index.ts';
import { type ArchivedObject, readArchive } from './archive.ts';
import { RANKS, rankOf } from './pack.ts';
import { runOfKey } from './run-key.ts';

/** Objects written at once, and bytes of theirs beyond which no further one is read: a storage may be far away. */
const MOST_AT_ONCE = 16;
const MOST_HELD = 16 * 2 ** 20;

/** What an archive was unpacked to. */
export interface Unpacked {
  readonly folder: string;
  /** Objects that were not there before. */
  readonly written: number;
  /** Objects that were there already, the same. */
  readonly found: number;
}

/**
 * Restores a simulation from a file of packSimulation, of which nothing is trusted: it is looked through first, and
 * nothing is written where anything in it is not as it should be. An object that is there is never replaced. The order
 * of writing is that of `RANKS`, whatever the archive's.
 *
 * @param most bytes that it may have unpacked
 * @throws GossipError `input` where it is refused, or an object is there already and differs
 */
export async function unpackSimulation(
  file: string,
  storage: Storage,
  most: number,
  signal?: AbortSignal,
): Promise<Unpacked> {
  const { folder, ranks } = await lookedThrough(file, most);
  let written = 0;
  let found = 0;
  for (const rank of RANKS.filter((rank) => ranks.has(rank))) {
    for await (const batch of batches(readArchive(file, most), folder, rank)) {
      signal?.throwIfAborted();
      const done = await Promise.all(batch.map((object) => restore(storage, object, folder)));
      written += done.filter(Boolean).length;
      found += done.filter((wrote) => !wrote).length;
    }
  }
  return { folder, written, found };
}

/** Reads all of an archive; gives the folder of the one simulation in it, and the ranks of its objects. */
async function lookedThrough(file: string, most: number) {
  let folder: string | null = null;
  let name: string | null = null;
  const ranks = new Set<number>();
  for await (const object of readArchive(file, most)) {
    const { key } = object;
    const [top] = key.split('/', 1);
    folder ??= top;
    if (top !== folder || key === top) {
      throw inputError(
        `${file}: the entry ${JSON.stringify(key)} is not in the folder ${folder}: an archive has one simulation, in its folder`,
      );
    }
    ranks.add(rankOf(folder, key));
    if (key === manifestKey(folder)) {
      const manifest = parseManifest(Buffer.concat(await object.bytes()), `${file}: ${key}`);
      name = simulationFolder(manifest.simulation, manifest.id);
    } else name ??= nameByRun(key);
  }
  if (folder === null || name === null) {
    throw inputError(`${file} holds no simulation: neither a manifest nor a run's summary`);
  }
  if (name === folder) return { folder, ranks };
  throw inputError(
    `${file}: its folder is ${JSON.stringify(folder)}, but what is in it is of ${JSON.stringify(name)}`,
  );
}

/** The folder that the simulation of a run belongs in, as far as its objects tell. */
function nameByRun(key: string): string | null {
  const run = runOfKey(key);
  if (run === null) return null;
  return run.folder.startsWith(`${run.simulation}-`) ? run.folder : `${run.simulation}-…`;
}

interface HeldObject {
  readonly key: string;
  readonly pieces: readonly Uint8Array[];
}

/** The objects of a rank, as many at a time as may be written at once and held. */
async function* batches(
  objects: AsyncIterable<ArchivedObject>,
  folder: string,
  rank: number,
): AsyncGenerator<readonly HeldObject[]> {
  let batch: HeldObject[] = [];
  let size = 0;
  for await (const { key, bytes } of objects) {
    if (rankOf(folder, key) !== rank) continue;
    const pieces = await bytes();
    batch.push({ key, pieces });
    for (const { length } of pieces) size += length;
    if (batch.length < MOST_AT_ONCE && size < MOST_HELD) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}

/** Writes an object; false where it was there. */
async function restore(
  storage: Storage,
  { key, pieces }: HeldObject,
  folder: string,
): Promise<boolean> {
  const contentType = contentTypeOf(key);
  if (await storage.put(key, pieces, { ifAbsent: true, contentType })) return true;
  const there = await storage.get(key);
  // Times are measured, so they differ whenever a simulation was played twice.
  if (key === timingsCsvKey(folder)) return false;
  if (there !== null && Buffer.compare(there, Buffer.concat(pieces)) === 0) return false;
  throw new GossipError(
    'input',
    `${storage.describe()}/${key} is there already and differs from the archive's; nothing was overwritten: choose another --results`,
  );
}

function contentTypeOf(key: string): string {
  const types: Readonly<Record<string, string>> = {
    json: 'application/json',
    jsonl: 'application/json',
    csv: 'text/csv',
    gexf: 'application/xml',
    gif: 'image/gif',
    png: 'image/png',
  };
  return types[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
