import type { z } from 'zod';
import { invalid } from './refusals.ts';

/** Tokens of ours are shorter. */
const LONGEST = 4000;

/** Where a page ended, as a token that says nothing to callers. */
export function pageToken(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Where the page before ended; null where there was none. Throws ConnectError where the token is not of ours. */
export function placeOfToken<T>(token: string, schema: z.ZodType<T>): T | null {
  if (token === '') return null;
  const result = schema.safeParse(token.length > LONGEST ? null : jsonOf(token));
  if (result.success) return result.data;
  throw invalid(
    'page_token: it is not one that an answer of this method had as next_page_token; leave it empty for the first page',
  );
}

function jsonOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return null;
  }
}

/** How many a page has: what is asked for, or else `standard`. Throws ConnectError where that is more than `most`. */
export function pageSize(asked: number, standard: number, most: number): number {
  if (asked > most) throw invalid(`page_size: it is ${asked}, and must be 0 to ${most}`);
  return asked === 0 ? standard : asked;
}
