import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GossipError } from '../errors.ts';
import type { Handler } from '../service/one-port.ts';
import { type Encoded, encodable, encodingFor } from './encodings.ts';

/** Files that are served as they are. */
export interface StaticFiles {
  has(path: string): boolean;
  /** Answers a request for a path that there is. */
  answer(path: string, ...[request, response]: Parameters<Handler>): Promise<void>;
}

interface StaticFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Encoded;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Reads all files of a folder, which are then served from memory: what is not among them now is never served. Those of
 * assets/ have their content's hash in their name, so browsers may keep them.
 *
 * @throws GossipError where the folder has no index.html
 */
export async function readStaticFiles(folder: URL): Promise<StaticFiles> {
  const root = fileURLToPath(folder);
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(root, file).split(sep).join('/')}`;
    files.set(path, staticFile(path, await readFile(file)));
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new GossipError('failed', `there is no index.html in ${root}`);
  files.set('/', index);

  return {
    has: (path) => files.has(path),
    async answer(path, request, response) {
      const { headers, content } = files.get(path)!;
      const asked = request.headers;
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { Allow: 'GET, HEAD' });
        response.end();
      } else if (asked['if-none-match']?.split(/,\s*/).includes(headers.ETag)) {
        response.writeHead(304, headers);
        response.end();
      } else {
        const encoding = encodingFor(`${asked['accept-encoding'] ?? ''}`);
        const { bytes, name } = await content(encoding);
        if (name !== null) response.setHeader('Content-Encoding', name);
        response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
        response.end(request.method === 'HEAD' ? '' : bytes);
      }
    },
  };
}

function staticFile(path: string, bytes: Buffer): StaticFile {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const hash = createHash('sha256').update(bytes).digest('base64url');
  const headers = {
    'Content-Type': type,
    'Cache-Control': path.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    // Weak, since the same stands for what is compressed.
    ETag: `W/"${hash}"`,
    Vary: 'Accept-Encoding',
  };
  return { headers, content: encodable(bytes, /^(text|image\/svg|application\/json)/.test(type)) };
}
