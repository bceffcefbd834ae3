import { createConnectRouter } from '@connectrpc/connect';
import { createFetchHandler } from '@connectrpc/connect/protocol';
import { corsHeaders, PREFLIGHT_HEADERS } from './cors.ts';
import { page } from './pages.ts';
import type { Site } from './site.ts';
import { LIMITS, NOT_FOUND } from './web.ts';

/**
 * The site as a function of the fetch standard, for `deno serve` and runtimes at the edge. They send no trailers, so it
 * speaks gRPC-web and Connect, not gRPC.
 */
export function fetchHandler({ routes, pages, allowOrigins }: Site) {
  const router = createConnectRouter({ ...LIMITS, grpc: false });
  routes(router);
  const calls = new Map(
    router.handlers.map((handler) => [handler.requestPath, createFetchHandler(handler)]),
  );

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const call = calls.get(pathname);
    if (call !== undefined) return call(request);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const { status, type, body } = (isRead && (await page(pathname, pages))) || NOT_FOUND;
    return new Response(request.method === 'HEAD' ? null : body, {
      status,
      headers: { 'Content-Type': type },
    });
  }

  return async (request: Request): Promise<Response> => {
    const allowed = corsHeaders(request.headers.get('Origin'), allowOrigins);
    if (request.method === 'OPTIONS') {
      const more = 'Access-Control-Allow-Origin' in allowed ? PREFLIGHT_HEADERS : {};
      return new Response(null, { status: 204, headers: { ...allowed, ...more } });
    }
    const response = await answer(request);
    for (const [name, value] of Object.entries(allowed)) response.headers.set(name, value);
    return response;
  };
}
