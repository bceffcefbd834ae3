import { GossipError } from '../errors.ts';
import type { Storage } from '../storage/index.ts';

/** An object that a listing named. Throws GossipError `failed` where it is gone since. */
export async function objectOf(storage: Storage, key: string): Promise<Uint8Array> {
  const bytes = await storage.get(key);
  if (bytes !== null) return bytes;
  throw new GossipError(
    'failed',
    `${storage.describe()}/${key} is not there (any more): was it removed in the meantime? Try again`,
  );
}
