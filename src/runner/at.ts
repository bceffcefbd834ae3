import { GossipError } from '../errors.ts';

/**
 * Does what `make` does; where that is refused, the message begins with the place.
 *
 * @param fieldIn the path of the field that `make` calls by this name; null: it names none
 */
export async function at<T>(
  place: string,
  make: () => T | Promise<T>,
  fieldIn = (field: string | null) => field,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    const field = fieldIn(error.field) ?? undefined;
    throw new GossipError(error.code, `${place}: ${error.message}`, { cause: error, field });
  }
}
