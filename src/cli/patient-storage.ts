import { GossipError } from '../errors.ts';
import { retry } from '../retry.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { delayOf } from '../storage/minio-errors.ts';

/** How long a server may be away at the start, in milliseconds. */
const PATIENCE = 300_000;

/**
 * Opens a storage that was there a moment ago, when somebody else looked: one that is away is waited for.
 *
 * @throws GossipError as openStorage, but `failed` where the server is away for too long; the signal's reason
 */
export async function openPatiently(
  where: string,
  { notice, signal }: { readonly notice: (text: string) => void; readonly signal: AbortSignal },
): Promise<Storage> {
  const passing = (error: unknown) => (error instanceof GossipError ? delayOf(error.cause) : null);
  try {
    return await retry(() => openStorage(where, process.env, { notice, signal }), {
      delayOf: passing,
      patience: PATIENCE,
      firstPause: 500,
      longestPause: 5000,
      onRetry: (error) => notice((error as Error).message),
      signal,
    });
  } catch (error) {
    if (passing(error) === null) throw error;
    throw new GossipError('failed', (error as Error).message, { cause: error });
  }
}
