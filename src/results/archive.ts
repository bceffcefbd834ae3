import { createReadStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { GossipError, inputError } from '../errors.ts';
import { keySegments } from '../storage/storage.ts';

/** An object in an archive. */
export interface ArchivedObject {
  readonly key: string;
  /** Its bytes, in pieces; to be read before the next object is asked for, or not at all. */
  bytes(): Promise<Uint8Array[]>;
}

/** An object beyond this cannot be packed: it must be held in memory to be stored. */
const LARGEST_OBJECT = 2 ** 30;
/** What the files in an archive say of themselves: nothing of when and by whom it was packed. */
const FILE = { mode: 0o644, mtime: new Date(0) };

/** Writes objects as a .tar.gz, one at a time. */
export async function writeArchive(
  to: Writable,
  objects: AsyncIterable<{ readonly key: string; readonly bytes: Uint8Array }>,
  signal?: AbortSignal,
): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, createGzip(), to, { signal });
  const packed = (async () => {
    for await (const { key, bytes } of objects) {
      if (bytes.length > LARGEST_OBJECT) throw tooLarge(key, bytes.length);
      await new Promise<void>((resolve, reject) => {
        const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        tar.entry({ ...FILE, name: key, size: bytes.length }, content, (error) =>
          error ? reject(error) : resolve(),
        );
      });
    }
    tar.finalize();
  })();
  // Whichever fails ends the other.
  packed.catch((error) => tar.destroy(error));
  await Promise.all([written, packed]);
}

/**
 * The objects in a .tar.gz, one at a time. Nothing in it is trusted: an entry must be a file whose name is a key, and
 * all of it, unpacked, at most `most` bytes.
 * @throws GossipError `input` with the entry that is refused, or where the file is not a whole archive
 */
export async function* readArchive(file: string, most: number): AsyncGenerator<ArchivedObject> {
  const tar = extract();
  const source = createReadStream(file);
  const read = pipeline(source, createGunzip(), limited(file, most), tar);
  // It is waited for below; until then nobody must be alarmed.
  read.catch(() => {});
  try {
    for await (const entry of tar) {
      const { name, type, size = 0 } = entry.header;
      const shown = `${file}: the entry ${JSON.stringify(name.slice(0, 200))}`;
      if (type === 'directory') {
        entry.resume();
        continue;
      }
      if (type !== 'file') {
        throw inputError(`${shown} is not a file (${type}): an archive of results has files only`);
      }
      keySegments(name);
      if (size > LARGEST_OBJECT) throw tooLarge(shown, size);
      let taken = false;
      yield {
        key: name,
        async bytes() {
          taken = true;
          const pieces: Uint8Array[] = [];
          try {
            for await (const piece of entry) pieces.push(piece as Uint8Array);
          } catch (error) {
            throw readable(error, file);
          }
          return pieces;
        },
      };
      if (!taken) entry.resume();
    }
    await read;
  } catch (error) {
    throw readable(error, file);
  } finally {
    tar.destroy();
    source.destroy();
  }
}

/** Passes bytes on, up to `most` of them: a small file can unpack to more than a disk holds. */
function limited(file: string, most: number) {
  return async function* (source: AsyncIterable<Buffer>) {
    let total = 0;
    for await (const piece of source) {
      total += piece.length;
      if (total > most) {
        throw inputError(
          `${file} is larger than ${most / 1e9} GB unpacked; if that is as it should be, give --most`,
        );
      }
      yield piece;
    }
  };
}

function tooLarge(what: string, size: number): GossipError {
  return inputError(
    `${what} has ${size} bytes, more than an archive takes (${LARGEST_OBJECT}); copy the folder itself`,
  );
}

function readable(error: unknown, file: string): unknown {
  if (error instanceof GossipError) return error;
  const { syscall, code, message } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) {
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    return inputError(`cannot read ${file}: ${reason}`, { cause: error });
  }
  return inputError(`${file} is not a whole archive of gossip results export: ${message}`, {
    cause: error,
  });
}
