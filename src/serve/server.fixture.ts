import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectoryStorage } from '../storage/directory.ts';
import { within } from '../transport/within.fixture.ts';
import { withPage } from './page.fixture.ts';
import { type Server, type ServerOptions, serveSimulations } from './server.ts';

/** What a test server said to whoever runs it. */
export type Lines = { readonly message: string; readonly fields: unknown }[];

/** For tests: a server of an empty folder on a free port of 127.0.0.1, which is stopped afterwards. */
export function withServer(
  options: Partial<ServerOptions>,
  use: (url: string, server: Server, lines: Lines) => Promise<void>,
): Promise<void> {
  return within(
    'a server',
    withPage(async (page) => {
      const results = await mkdtemp(join(tmpdir(), 'gossip-served-'));
      const lines: Lines = [];
      const server = await serveSimulations({
        storage: createDirectoryStorage(results),
        limits: { nodes: 0, runs: 0, atOnce: 1, waiting: 0 },
        results,
        environment: {},
        strategies: [],
        hosts: [],
        hostsToken: '',
        notice: (text) => lines.push({ message: text, fields: {} }),
        host: '127.0.0.1',
        port: 0,
        publicUrls: [],
        token: null,
        page,
        log: (message, fields) => lines.push({ message, fields }),
        ...options,
      });
      try {
        await use(`http://127.0.0.1:${server.port}`, server, lines);
      } finally {
        await server.stop(2000);
        await rm(results, { recursive: true, force: true });
      }
    }),
  );
}
