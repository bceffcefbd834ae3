import type { Handler } from '../service/one-port.ts';
import type { Site } from '../service/site.ts';
import { nodeHandler } from '../service/web.ts';
import type { Access } from './access.ts';
import type { StaticFiles } from './static-files.ts';

/** What browsers are told of every answer: nothing but what this server sends is shown or run. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The page's files and the site on one port, for those who may ask. */
export function pageHandler(site: Site, files: StaticFiles, access: Access): Handler {
  const call = nodeHandler(site);
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const { host, ':authority': authority, origin } = request.headers;
    const [path] = (request.url ?? '').split('?', 1);
    const hosts = [authority, host].filter((name) => typeof name === 'string');
    const refusal = access.refusal({ path, hosts, origin });
    if (refusal !== null) {
      response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${refusal}\n`);
    } else if (files.has(path)) {
      files.answer(path, request, response).catch(() => response.destroy());
    } else {
      call(request, response);
    }
  };
}
