import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Client } from 'minio';
import { retry } from '../retry.ts';
import {
  codeOf,
  delayOf,
  isConnectionError,
  type MinioAction,
  minioError,
  shortly,
} from './minio-errors.ts';
import type { MinioSettings } from './minio-settings.ts';
import { minioTransport } from './minio-transport.ts';

/** What a storage elsewhere tells, and what ends its waiting. */
export interface StorageListener {
  readonly notice?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A server that was reached and knows its user. */
export interface MinioConnection {
  readonly client: Client;
  /** For messages. */
  readonly server: string;
  /** Makes a call of the client, again where that may help; throws GossipError, and the signal's reason. */
  ask<T>(action: MinioAction, place: string, call: () => Promise<T>): Promise<T>;
}

/** Requests at once; others wait for their turn. */
const CONNECTIONS = 16;
/** How long a server may be away, in milliseconds: one that was never there, and one that was. */
const FIRST_PATIENCE = 10_000;
const PATIENCE = 60_000;
/** How long nothing may come on a connection, likewise. */
const FIRST_SILENCE = 5000;
const SILENCE = 30_000;

/**
 * Connects to the server of a bucket, which need not be there.
 *
 * @throws GossipError `input` where the server is not reached, is none, or does not know the user
 */
export async function connectMinio(
  bucket: string,
  settings: MinioSettings,
  { notice = () => {}, signal }: StorageListener,
): Promise<MinioConnection> {
  const { host, port, useSsl } = settings;
  const server = `MinIO at ${host.includes(':') ? `[${host}]` : host}:${port}`;
  const Agent = useSsl ? HttpsAgent : HttpAgent;
  const transportAgent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const clientWith = (region: string | undefined, silence: number) =>
    new Client({
      endPoint: host,
      port,
      useSSL: useSsl,
      accessKey: settings.user,
      secretKey: settings.password,
      region,
      // One PUT an object: it is whole or not there, and leaves no parts behind.
      partSize: 5 * 2 ** 30,
      transport: minioTransport(useSsl, silence),
      transportAgent,
      retryOptions: { disableRetry: true },
    });
  let away = false;

  async function ask<T>(action: MinioAction, place: string, call: () => Promise<T>): Promise<T> {
    const opening = action === 'open';
    try {
      const answer = await retry(call, {
        // What never worked is more likely wrong than away.
        delayOf: (error) => (opening && isConnectionError(error) ? null : delayOf(error)),
        patience: opening ? FIRST_PATIENCE : PATIENCE,
        firstPause: 100,
        longestPause: 2000,
        onRetry(error) {
          if (!away) notice(`${server} is not available (${shortly(error)}); trying again …`);
          away = true;
        },
        signal,
      });
      away = false;
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      throw minioError(error, action, place, server);
    }
  }

  const first = clientWith(undefined, FIRST_SILENCE);
  const region = await ask('open', `s3://${bucket}`, () => probe(first, bucket));
  return { client: clientWith(settings.region ?? region, SILENCE), server, ask };
}

/** The region of a bucket; fails where no server answers as one that speaks S3. */
async function probe(client: Client, bucket: string): Promise<string | undefined> {
  // There may be no such bucket yet; and a user who may not list may still write.
  const ignored = (error: unknown) => {
    if (!['NoSuchBucket', 'AccessDenied'].includes(codeOf(error))) throw error;
  };
  const region = await client.getBucketRegionAsync(bucket).catch(ignored);
  // Any page has passed for a region until here.
  await client.listObjectsV2Query(bucket, '', '', '', 1, '').catch(ignored);
  return region ?? undefined;
}
