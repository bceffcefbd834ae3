import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GossipError, inputError } from '../../errors.ts';

const chunkBytes = 1 << 18;

/** The bytes of a file, unpacked where its name ends in .gz. Throws with the file's name where it cannot be read. */
export async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) throw inputError(`${file} is a folder: a file is needed here`);
    if (!stats.isFile()) throw inputError(`${file} is not a regular file`);
    yield* unpacked(file, createReadStream(file, { highWaterMark: chunkBytes }));
  } catch (error) {
    throw error instanceof GossipError ? error : readError(file, error as NodeJS.ErrnoException);
  }
}

/** As readChunks, where the bytes of the file are in memory. Its name is nothing but a name. */
export async function* chunksOf(file: string, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (!isPacked(file)) return yield bytes;
  try {
    yield* unpacked(file, Readable.from([bytes], { objectMode: false }));
  } catch (error) {
    throw readError(file, error as NodeJS.ErrnoException);
  }
}

async function* unpacked(file: string, stream: Readable): AsyncGenerator<Uint8Array> {
  if (!isPacked(file)) return yield* stream;
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  stream.on('error', (error) => gunzip.destroy(error));
  try {
    yield* stream.pipe(gunzip);
  } finally {
    stream.destroy();
  }
}

function isPacked(file: string): boolean {
  return /\.gz$/i.test(file);
}

function readError(file: string, cause: NodeJS.ErrnoException): GossipError {
  const { code = '' } = cause;
  const reason =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EACCES' || code === 'EPERM'
        ? 'it may not be read (no permission)'
        : code.startsWith('Z_')
          ? `it is not a whole gzip file (${cause.message})`
          : cause.message;
  return inputError(`${file}: ${reason}`, { cause });
}
