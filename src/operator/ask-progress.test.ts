import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { askProgress } from './ask-progress.ts';

const GOOD = { phase: 'playing', hostsReady: 1, hosts: 1, runsDone: 2, runs: 4, folder: null };

async function answered(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await askProgress('127.0.0.1', port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a pod says how far it is', async () => {
  const paths: (string | undefined)[] = [];
  const answer = await answered(({ url }, response) => {
    paths.push(url);
    response.end(JSON.stringify(GOOD));
  });
  assert.equal(answer, { phase: 'playing', runsDone: 2, runs: 4, folder: null });
  assert.equal(paths, ['/progress']);
});

test('whatever else answers says nothing', async () => {
  const listeners: RequestListener[] = [
    (_, response) => response.writeHead(500).end(JSON.stringify(GOOD)),
    (_, response) => response.end('hello'),
    (_, response) => response.destroy(),
    (_, response) => {
      response.write('{');
      setTimeout(() => response.destroy(), 5);
    },
    (_, response) => response.end(`${' '.repeat(1_000_000)}${JSON.stringify(GOOD)}`),
  ];
  for (const [index, listener] of listeners.entries())
    assert.is(await answered(listener), null, String(index));
});

test('nobody there, nothing said', async () => {
  assert.is(await askProgress('127.0.0.1', 1), null);
});

test.run();
