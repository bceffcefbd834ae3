/** What a storage makes of a server's answers; that it works with a real one is for CI to see. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openStorage, type Storage } from './index.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const xml =
  (status: number, body: string): Answer =>
  (response) => {
    response.statusCode = status;
    response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
  };
const error = (status: number, code: string) =>
  xml(status, `<Error><Code>${code}</Code><Message>Said by a test</Message></Error>`);
const done: Answer = (response) => response.setHeader('etag', '"1"').end();
const bytes =
  (text: string): Answer =>
  (response) =>
    response.end(text);
const cut: Answer = (response) => {
  response.setHeader('content-length', 100);
  response.write('only half');
  setTimeout(() => response.destroy(), 20);
};
const busy: Answer = (response) => {
  response.writeHead(503, { 'retry-after': '60' }).end('busy');
};
const noKeys = xml(200, '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>');
const OPENING = [xml(200, '<LocationConstraint></LocationConstraint>'), noKeys];

/** A server that gives these answers one after the other; `asked` is what for. */
async function withServer(
  answers: readonly Answer[],
  use: (environment: Record<string, string>, asked: string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    const condition = request.headers['if-none-match'] ?? '';
    asked.push(`${request.method} ${request.url?.split('?')[0]} ${condition}`.trim());
    const answer = left.shift() ?? error(501, 'NotExpected');
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await use(
      { MINIO_ENDPOINT: `127.0.0.1:${port}`, MINIO_USER: 'user', MINIO_PASSWORD: 'password' },
      asked,
    );
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A storage at s3://bucket/below whose server gives these answers after those to its opening. */
function withStorage(
  answers: readonly Answer[],
  use: (storage: Storage, asked: string[], notices: string[]) => Promise<void>,
): Promise<void> {
  return withServer([...OPENING, ...answers], async (environment, asked) => {
    const notices: string[] = [];
    const notice = (text: string) => void notices.push(text);
    const storage = await openStorage('s3://bucket/below', environment, { notice });
    asked.length = 0;
    await use(storage, asked, notices);
  });
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    (value) => assert.unreachable(`gave ${value}`) as never,
    (reason) => reason as { code: string; message: string },
  );

test('the bucket is made when something is first put', () =>
  withStorage([error(404, 'NoSuchBucket'), done, done], async (storage, asked) => {
    assert.is(await storage.put('a/b', 'x', { ifAbsent: true }), true);
    assert.equal(asked, ['PUT /bucket/below/a/b *', 'PUT /bucket', 'PUT /bucket/below/a/b *']);
  }));

test('two that make the bucket at once both write', () =>
  withStorage(
    [error(404, 'NoSuchBucket'), error(409, 'BucketAlreadyOwnedByYou'), done],
    async (storage) => assert.is(await storage.put('a', 'x'), true),
  ));

test('without the bucket there is nothing, and reading makes none', () =>
  withStorage(Array(3).fill(error(404, 'NoSuchBucket')), async (storage, asked) => {
    assert.is(await storage.get('a'), null);
    for await (const key of storage.list('')) assert.unreachable(key);
    for await (const key of storage.folders('')) assert.unreachable(key);
    assert.equal(asked, ['GET /bucket/below/a', 'GET /bucket', 'GET /bucket']);
  }));

test('a server that is busy, or hangs up, is asked again and its absence said once', () =>
  withStorage(
    [busy, (response) => response.destroy(), done, cut, bytes('whole')],
    async (storage, asked, notices) => {
      assert.is(await storage.put('a', 'x'), true);
      assert.is(asked.length, 3);
      assert.is(notices.length, 1);
      assert.match(notices[0], /^MinIO at 127.0.0.1:\d+ is not available \(status 503\); trying/);
      assert.is(new TextDecoder().decode((await storage.get('a'))!), 'whole');
      assert.is(notices.length, 2, 'it was there in between');
    },
  ));

test('what will not pass is told at once, with what to do', async () => {
  const cases: [number, string, string, RegExp][] = [
    [403, 'AccessDenied', 'input', /MINIO_USER may not do that .* give the user the right/],
    [403, 'InvalidAccessKeyId', 'input', /knows no such MINIO_USER/],
    [403, 'SignatureDoesNotMatch', 'input', /refuses MINIO_PASSWORD/],
    [403, 'RequestTimeTooSkewed', 'input', /clocks/],
    [400, 'AuthorizationHeaderMalformed', 'input', /set MINIO_REGION/],
    [507, 'XMinioStorageFull', 'input', /full.*finished objects are kept/],
    [400, 'EntityTooLarge', 'input', /store less/],
    [400, 'XMinioInvalidObjectName', 'input', /the name is too long/],
    [400, 'SomethingElse', 'failed', /says: SomethingElse Said by a test/],
  ];
  for (const [status, code, whose, said] of cases) {
    await withStorage([error(status, code)], async (storage, asked) => {
      const { code, message } = await failure(storage.put('a', 'x'));
      assert.is(code, whose);
      assert.match(message, /^cannot write s3:\/\/bucket\/below\/a: /);
      assert.match(message, said);
      assert.is(asked.length, 1);
    });
  }
});

test('a bucket that may not be made is told as what it is', () =>
  withStorage([error(404, 'NoSuchBucket'), error(403, 'AccessDenied')], async (storage) => {
    assert.match((await failure(storage.put('a', 'x'))).message, /may not do that/);
  }));

test('a list goes on where a page ends', () => {
  const page = (keys: readonly string[], next: string) =>
    xml(
      200,
      `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>${keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size><LastModified>2026-11-23T00:00:00Z</LastModified><ETag>"1"</ETag></Contents>`).join('')}</ListBucketResult>`,
    );
  return withStorage(
    [page(['below/1', 'below/2'], 'go-on'), busy, page(['below/3'], '')],
    async (storage, asked) => {
      const keys: string[] = [];
      for await (const key of storage.list('')) keys.push(key);
      assert.equal(keys, ['1', '2', '3']);
      assert.is(asked.length, 3);
    },
  );
});

test('an object larger than what is read is refused before it is', () => {
  const large: Answer = (response) => {
    response.setHeader('content-length', 2 ** 31 + 1);
    response.write('it begins');
  };
  return withStorage([large], async (storage) => {
    const { code, message } = await failure(storage.get('a'));
    assert.is(code, 'failed');
    assert.match(message, /larger than 2147483648 bytes/);
  });
});

test('what is no such server is an input error when it is opened', async () => {
  const cases: [Answer[], RegExp][] = [
    [[bytes('<!doctype html><p>A console</p>'), bytes('<!doctype html>')], /does not speak S3/],
    [[(response) => response.writeHead(404).end('<html>')], /does not speak S3/],
    [[(response) => response.writeHead(302, { location: '/' }).end()], /does not speak S3/],
    [[error(403, 'InvalidAccessKeyId')], /^cannot open s3:\/\/bucket: .* no such MINIO_USER/],
    [[(response) => response.destroy()], /does not answer \(E/],
  ];
  for (const [answers, said] of cases) {
    await withServer(answers, async (environment) => {
      const { code, message } = await failure(openStorage('s3://bucket', environment));
      assert.is(code, 'input', message);
      assert.match(message, said);
    });
  }
});

test('a user who may only write can', () => {
  const denied = error(403, 'AccessDenied');
  // The region is asked for again, as it could not be kept.
  return withServer([denied, denied, denied, done], async (environment) => {
    const storage = await openStorage('s3://bucket', environment);
    assert.is(await storage.put('a', 'x'), true);
    assert.is(storage.describe(), 's3://bucket');
  });
});

test('what is no address of a place is refused, and what has no scheme is a folder', async () => {
  for (const where of ['http://minio/bucket', 's3:bucket', 'gs://bucket', 'S3://bucket']) {
    assert.match((await failure(openStorage(where, {}))).message, /cannot be a place for results/);
  }
  assert.match(
    (await failure(openStorage('s3://bucket', {}))).message,
    /MINIO_ENDPOINT is missing/,
  );
  for (const where of ['results', './s3', '/tmp/s3:/x', 'a:b']) {
    assert.is((await openStorage(where, {})).describe(), where);
  }
});

test.run();
