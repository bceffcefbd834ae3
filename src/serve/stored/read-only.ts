import { GossipError } from '../../errors.ts';
import type { Storage } from '../../storage/index.ts';

/**
 * A storage that cannot be written to, for callers from elsewhere: messages name what is in it, and not where it is. That
 * it cannot be read is a failure of the server's, whoever is to mend it.
 */
export function readOnly(storage: Storage): Storage {
  return {
    async put(key) {
      throw new GossipError('failed', `${key} cannot be written: this only reads`);
    },
    get: (key) => storage.get(key).catch(fail),
    list: (prefix) => failing(storage.list(prefix)),
    folders: (prefix) => failing(storage.folders(prefix)),
    describe: () => 'results',
  };
}

async function* failing(keys: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* keys;
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  // A key that cannot be one is the caller's.
  if (error instanceof GossipError && error.code === 'input' && error.cause === undefined) {
    throw error;
  }
  throw new GossipError('failed', 'the results cannot be read', { cause: error });
}
