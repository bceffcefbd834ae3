import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveOnePort } from '../service/one-port.ts';
import { within } from '../transport/within.fixture.ts';
import { readStaticFiles, type StaticFiles } from './static-files.ts';

/** For tests: a page with a script that can be compressed, in a folder that has a secret beside it. */
export async function withPage(use: (page: URL, folder: string) => Promise<void>): Promise<void> {
  const above = await mkdtemp(join(tmpdir(), 'gossip-page-'));
  const folder = join(above, 'dist');
  try {
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(above, 'secret.txt'), 'secret');
    await symlink(join(above, 'secret.txt'), join(folder, 'linked.txt'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Page</title>');
    await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, 'odd.bin'), 'odd');
    await writeFile(join(folder, 'assets/index-0a1b2c3d.js'), 'export {};\n'.repeat(1000));
    await use(pathToFileURL(`${folder}/`), folder);
  } finally {
    await rm(above, { recursive: true });
  }
}

/** For tests: serves the files of `withPage`, and nothing else. */
export function withFiles(use: (url: string, folder: string) => Promise<void>): Promise<void> {
  return within(
    'files served',
    withPage(async (page, folder) => {
      const files: StaticFiles = await readStaticFiles(page);
      const port = await serveOnePort(
        async () => (request, response) => {
          const [path] = request.url!.split('?', 1);
          if (files.has(path)) return void files.answer(path, request, response);
          response.writeHead(404);
          response.end();
        },
        { host: '127.0.0.1', port: 0 },
        '--port',
      );
      try {
        await use(`http://127.0.0.1:${port.port}`, folder);
      } finally {
        await port.close(1000);
      }
    }),
  );
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** For tests: asks over HTTP/1.1 for this very path, with headers that `fetch` lets nobody set. */
export function ask(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body = '' }: Partial<Asking> = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(pieces) });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

interface Asking {
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Uint8Array;
}
