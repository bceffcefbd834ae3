import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { timedTest } from '../transport/within.fixture.ts';
import { delayOf } from './minio-errors.ts';
import { type BusyError, minioTransport } from './minio-transport.ts';

/** What a request to a server that answers so gives. */
async function answerOf(listener: RequestListener, silence: number): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = minioTransport(false, silence).request({ port, host: '127.0.0.1' }, resolve);
      request.on('error', reject);
      request.end();
    });
    let text = '';
    for await (const chunk of response) text += chunk;
    return text;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const failure = (promise: Promise<string>) =>
  promise.then(
    (text) => assert.unreachable(text) as never,
    (error) => error as BusyError & { code?: string },
  );

test('an answer is given on', async () => {
  for (const status of [200, 404, 501, 507]) {
    const answer: RequestListener = (_, response) => response.writeHead(status).end('said');
    assert.is(await answerOf(answer, 10_000), 'said');
  }
});

test('a busy server fails the request, with how long it asks to wait', async () => {
  const waits: [string | undefined, number][] = [
    [undefined, 0],
    ['60', 60_000],
    ['Mon, 23 Nov 2026 00:00:00 GMT', 0],
    ['-1', 0],
    ['9'.repeat(30), 0],
  ];
  for (const status of [408, 429, 500, 502, 503, 504]) {
    for (const [wait, milliseconds] of waits) {
      const headers = wait === undefined ? {} : { 'retry-after': wait };
      const busy: RequestListener = (_, response) => response.writeHead(status, headers).end('no');
      const error = await failure(answerOf(busy, 10_000));
      assert.is(error.message, `status ${status}`);
      assert.is(delayOf(error), milliseconds);
    }
  }
});

timedTest('a server that says nothing, or stops in the middle, may be asked again', async () => {
  const silent = await failure(answerOf(() => {}, 50));
  assert.equal([silent.code, delayOf(silent)], ['ETIMEDOUT', 0]);
  const stalled: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half');
  };
  assert.is(delayOf(await failure(answerOf(stalled, 50))), 0);
});

test.run();
