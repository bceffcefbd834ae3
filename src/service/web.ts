import type { ConnectRouterOptions } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { corsHeaders, PREFLIGHT_HEADERS } from './cors.ts';
import type { Handler } from './one-port.ts';
import { page } from './pages.ts';
import type { Site } from './site.ts';

/** Requests are small; whoever sends more is refused before it is read. */
export const LIMITS: ConnectRouterOptions = { readMaxBytes: 1 << 16 };

/** The site for the servers of Node: gRPC, gRPC-web and Connect by the same handlers. */
export function nodeHandler({ routes, pages, allowOrigins, largestMessage }: Site): Handler {
  const call = connectNodeAdapter({
    readMaxBytes: largestMessage ?? LIMITS.readMaxBytes,
    routes,
    fallback(request, response) {
      const path = pathOf(request.url);
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      (isRead ? page(path, pages) : Promise.resolve(null)).then(
        (found) => {
          const { status, type, body } = found ?? NOT_FOUND;
          response.writeHead(status, { 'Content-Type': type });
          response.end(body);
        },
        () => {
          response.writeHead(500);
          response.end();
        },
      );
    },
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(corsHeaders(request.headers.origin, allowOrigins))) {
      response.setHeader(name, value);
    }
    if (request.method !== 'OPTIONS') return call(request, response);
    response.writeHead(
      204,
      response.hasHeader('Access-Control-Allow-Origin') ? PREFLIGHT_HEADERS : {},
    );
    response.end();
  };
}

/** For a path where nothing is. */
export const NOT_FOUND = {
  status: 404,
  type: 'text/plain; charset=utf-8',
  body: 'there is nothing here\n',
};

function pathOf(url = ''): string {
  return url.split('?', 1)[0];
}
