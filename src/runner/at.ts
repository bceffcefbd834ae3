import { GossipError } from '../errors.ts';

/** Does what `make` does; where that is refused, the message begins with the place. */
export async function at<T>(place: string, make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    throw new GossipError(error.code, `${place}: ${error.message}`, { cause: error });
  }
}
