import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { GossipError, inputError } from '../errors.ts';
import { connectMinio, type StorageListener } from './minio-connection.ts';
import { codeOf, isAbsent } from './minio-errors.ts';
import type { MinioSettings } from './minio-settings.ts';
import type { S3Address } from './s3-address.ts';
import { type Content, folderOf, keySegments, type PutOptions, type Storage } from './storage.ts';

/** S3's limit of one PUT, in bytes. */
const LARGEST_PUT = 5 * 2 ** 30;
/** What is read is held in memory. */
const LARGEST_GET = 2 * 2 ** 30;
/** Keys of one answer: S3's limit. */
const PAGE = 1000;

/**
 * A storage in a bucket of a MinIO server, or of another that speaks S3. The bucket is made when something is first
 * put. What may pass (a server that is away for up to a minute, or busy) is tried again; a put under `ifAbsent` that was
 * may find its own object, and then gives false.
 *
 * @throws GossipError `input` where the server is not reached or does not know the user
 */
export async function createMinioStorage(
  { bucket, prefix }: S3Address,
  settings: MinioSettings,
  listener: StorageListener = {},
): Promise<Storage> {
  const { client, server, ask } = await connectMinio(bucket, settings, listener);
  const placeOf = (name: string) => `s3://${bucket}/${name}`;

  const nameOf = (key: string): string => {
    keySegments(key);
    keySegments(prefix + key);
    return prefix + key;
  };

  async function makeBucket(): Promise<void> {
    try {
      await client.makeBucket(bucket, settings.region ?? '');
    } catch (error) {
      // Another process may do the same at the same time.
      if (!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(codeOf(error))) throw error;
    }
  }

  async function* pages(prefix: string, delimiter: string) {
    let token = '';
    do {
      const page = await ask('list', placeOf(prefix), () =>
        client
          .listObjectsV2Query(bucket, prefix, token, delimiter, PAGE, '')
          .catch((error: unknown) => {
            if (codeOf(error) !== 'NoSuchBucket') throw error;
            return { objects: [], isTruncated: false, nextContinuationToken: '' };
          }),
      );
      yield page.objects;
      token = page.isTruncated ? page.nextContinuationToken : '';
    } while (token !== '');
  }

  return {
    async put(key: string, content: Content, options: PutOptions = {}): Promise<boolean> {
      const name = nameOf(key);
      const size = sizeOf(content);
      if (size > LARGEST_PUT) {
        throw inputError(
          `cannot write ${placeOf(name)}: it has ${size} bytes, and an object at ${server} at most ${LARGEST_PUT}; store less, such as --history changes`,
        );
      }
      const { contentType = 'application/octet-stream', ifAbsent = false } = options;
      const headers = { 'Content-Type': contentType, ...(ifAbsent && { 'If-None-Match': '*' }) };
      const send = () => client.putObject(bucket, name, bodyOf(content), size, headers);
      return ask('write', placeOf(name), async () => {
        try {
          await send().catch(async (error) => {
            if (codeOf(error) !== 'NoSuchBucket') throw error;
            await makeBucket();
            await send();
          });
          return true;
        } catch (error) {
          if (ifAbsent && codeOf(error) === 'PreconditionFailed') return false;
          throw error;
        }
      });
    },

    async get(key: string): Promise<Uint8Array | null> {
      const name = nameOf(key);
      return ask('read', placeOf(name), async () => {
        try {
          return await bytesOf((await client.getObject(bucket, name)) as IncomingMessage);
        } catch (error) {
          if (isAbsent(error)) return null;
          throw error;
        }
      });
    },

    async *list(keyPrefix: string): AsyncIterable<string> {
      folderOf(keyPrefix);
      for await (const objects of pages(prefix + keyPrefix, '')) {
        for (const { name = '' } of objects) yield name.slice(prefix.length);
      }
    },

    async *folders(keyPrefix: string): AsyncIterable<string> {
      folderOf(keyPrefix);
      for await (const objects of pages(prefix + keyPrefix, '/')) {
        for (const { prefix: folder } of objects) {
          if (folder !== undefined) yield folder.slice(prefix.length, -1);
        }
      }
    },

    describe: () => placeOf(prefix).replace(/\/$/, ''),
  };
}

function sizeOf(content: Content): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  if (content instanceof Uint8Array) return content.length;
  return content.reduce((sum, { length }) => sum + length, 0);
}

function bodyOf(content: Content): Buffer | Readable {
  if (typeof content === 'string') return Buffer.from(content);
  if (!(content instanceof Uint8Array)) return Readable.from(content);
  return Buffer.from(content.buffer, content.byteOffset, content.length);
}

async function bytesOf(response: IncomingMessage): Promise<Uint8Array> {
  const length = Number(response.headers['content-length']);
  const chunks: Buffer[] = [];
  let size = 0;
  const refuse = () =>
    new GossipError('failed', `it is larger than ${LARGEST_GET} bytes, which is all that is read`);
  if (length > LARGEST_GET) {
    response.destroy();
    throw refuse();
  }
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LARGEST_GET) throw refuse();
    chunks.push(chunk);
  }
  // Node says so itself where a connection ends early; other runtimes may not.
  if (Number.isFinite(length) && size !== length) {
    throw Object.assign(new Error('it ended early'), { code: 'ECONNRESET' });
  }
  return Buffer.concat(chunks);
}
