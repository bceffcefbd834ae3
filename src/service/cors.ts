import { cors } from '@connectrpc/connect';

/** How long a browser may keep the answer to a preflight request, in seconds. */
const MAXIMUM_AGE = 7200;

/**
 * Headers that let a page of this origin call us, if it is one of those listed; none for others. The answer depends on
 * the origin, so caches are told.
 */
export function corsHeaders(
  origin: string | null | undefined,
  allowOrigins: readonly string[],
): Record<string, string> {
  if (allowOrigins.length === 0) return {};
  if (!origin || !allowOrigins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': cors.exposedHeaders.join(', '),
  };
}

/** The further headers that a preflight request asks for. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': cors.allowedMethods.join(', '),
  'Access-Control-Allow-Headers': cors.allowedHeaders.join(', '),
  'Access-Control-Max-Age': String(MAXIMUM_AGE),
};
