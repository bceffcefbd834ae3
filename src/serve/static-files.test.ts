import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodingFor } from './encodings.ts';
import { ask, withFiles } from './page.fixture.ts';
import { readStaticFiles } from './static-files.ts';

test('a file as it is: type, length, how long it may be kept', () =>
  withFiles(async (url) => {
    const index = await ask(url, '/');
    assert.is(index.status, 200);
    assert.is(index.headers['content-type'], 'text/html; charset=utf-8');
    assert.is(index.headers['cache-control'], 'no-cache');
    assert.is(index.headers['content-length'], `${index.body.length}`);
    assert.match(`${index.body}`, '<title>Page</title>');
    assert.equal((await ask(url, '/index.html?a=b')).body, index.body);
    const script = await ask(url, '/assets/index-0a1b2c3d.js');
    assert.is(script.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.is(script.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.is((await ask(url, '/icon.svg')).headers['content-type'], 'image/svg+xml');
    assert.is((await ask(url, '/odd.bin')).headers['content-type'], 'application/octet-stream');
  }));

test('what a browser has already is not sent again', () =>
  withFiles(async (url) => {
    const { headers } = await ask(url, '/');
    const tag = headers.etag!;
    for (const asked of [tag, `"other", ${tag}`]) {
      const again = await ask(url, '/', { headers: { 'If-None-Match': asked } });
      assert.is(again.status, 304);
      assert.is(again.body.length, 0);
      assert.is(again.headers.etag, tag);
    }
    const other = await ask(url, '/', { headers: { 'If-None-Match': 'W/"other"' } });
    assert.is(other.status, 200);
  }));

test('compressed for those who read it', () =>
  withFiles(async (url) => {
    const path = '/assets/index-0a1b2c3d.js';
    const plain = await ask(url, path);
    assert.is(plain.headers['content-encoding'], undefined);
    assert.is(plain.headers.vary, 'Accept-Encoding');
    const decode = { br: brotliDecompressSync, gzip: gunzipSync };
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
    ] as const) {
      for (const time of ['first', 'again']) {
        const sent = await ask(url, path, { headers: { 'Accept-Encoding': accepted } });
        assert.is(sent.headers['content-encoding'], encoding, time);
        assert.is(sent.headers['content-length'], `${sent.body.length}`);
        assert.ok(sent.body.length < plain.body.length / 10);
        assert.equal(decode[encoding](sent.body), plain.body);
      }
    }
    const short = await ask(url, '/icon.svg', { headers: { 'Accept-Encoding': 'br' } });
    assert.is(short.headers['content-encoding'], undefined);
  }));

test('HEAD says what GET would, and sends nothing', () =>
  withFiles(async (url) => {
    const encoding = { 'Accept-Encoding': 'gzip' };
    for (const path of ['/', '/assets/index-0a1b2c3d.js']) {
      const got = await ask(url, path, { headers: encoding });
      const head = await ask(url, path, { method: 'HEAD', headers: encoding });
      const { date: _, ...expected } = got.headers;
      const { date: __, ...said } = head.headers;
      assert.equal([head.status, said, head.body.length], [200, expected, 0]);
    }
  }));

test('a file is only read', () =>
  withFiles(async (url) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const refused = await ask(url, '/', { method });
      assert.equal([refused.status, refused.headers.allow], [405, 'GET, HEAD'], method);
    }
  }));

test('nothing but the files that were there at the start', () =>
  withFiles(async (url, folder) => {
    await writeFile(join(folder, 'late.js'), 'late');
    for (const path of [
      ...['/late.js', '/assets', '/assets/', '/nothing', '/Index.html', '/index.html/'],
      ...['/../secret.txt', '/assets/../index.html', '/assets/../../secret.txt', '/./index.html'],
      ...['/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/index%2ehtml'],
      ...['//index.html', '/\\index.html', '/..\\secret.txt', '/index.html%00', '/assets//'],
      ...['/linked.txt', 'http://evil.example/', 'file:///etc/passwd', '/etc/passwd'],
      ...['/__proto__', '/constructor', '/hasOwnProperty', '/toString'],
    ]) {
      assert.is((await ask(url, path)).status, 404, path);
    }
  }));

test('a link in the folder leads nowhere, and a folder without a page is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gossip-page-'));
  const asUrl = pathToFileURL(`${folder}/`);
  try {
    await symlink('/etc/hostname', join(folder, 'index.html'));
    await readStaticFiles(asUrl).then(
      () => assert.unreachable(),
      ({ message }) => assert.match(message, 'there is no index.html in'),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('which encoding a header allows', () => {
  const cases = {
    '': null,
    'gzip, deflate, br, zstd': 'br',
    'GZIP ;q=0.5': 'gzip',
    'br; q=0.0, gzip;q=0.000': null,
    'identity, *': null,
    'brotli, xgzip': null,
  };
  for (const [header, expected] of Object.entries(cases)) {
    assert.is(encodingFor(header), expected, header);
  }
});

test.run();
