import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { minioSettings } from './minio-settings.ts';

const RIGHT = { MINIO_ENDPOINT: 'minio:9000', MINIO_USER: 'user', MINIO_PASSWORD: 'secret-7' };

function wrong(environment: Record<string, string | undefined>): string {
  try {
    minioSettings(environment, 's3://bucket');
  } catch (error) {
    assert.is((error as { code: string }).code, 'input');
    return (error as Error).message;
  }
  return assert.unreachable(JSON.stringify(environment)) as never;
}

test('the three variables, host:port as the published system has it, without TLS', () => {
  assert.equal(minioSettings(RIGHT, ''), {
    host: 'minio',
    port: 9000,
    useSsl: false,
    user: 'user',
    password: 'secret-7',
    region: null,
  });
});

test('an endpoint is a host, host:port or a URL, which says whether TLS is used', () => {
  const cases: [string, string | undefined, string, number, boolean][] = [
    ['minio', undefined, 'minio', 80, false],
    ['minio', '', 'minio', 80, false],
    ['minio', 'TRUE', 'minio', 443, true],
    ['my_minio.local:1', 'false', 'my_minio.local', 1, false],
    ['http://minio:9000', undefined, 'minio', 9000, false],
    ['https://minio.example.org/', undefined, 'minio.example.org', 443, true],
    ['HTTPS://minio:9000', 'true', 'minio', 9000, true],
    ['127.0.0.1:65535', undefined, '127.0.0.1', 65535, false],
    ['[::1]:9000', undefined, '::1', 9000, false],
    ['https://[::1]', undefined, '::1', 443, true],
  ];
  for (const [MINIO_ENDPOINT, MINIO_USE_SSL, ...expected] of cases) {
    const { host, port, useSsl } = minioSettings({ ...RIGHT, MINIO_ENDPOINT, MINIO_USE_SSL }, '');
    assert.equal([host, port, useSsl], expected, MINIO_ENDPOINT);
  }
  assert.is(minioSettings({ ...RIGHT, MINIO_REGION: 'eu-west-1' }, '').region, 'eu-west-1');
});

test('all that is missing or wrong is said at once, and no password is shown', () => {
  const all = wrong({ MINIO_USE_SSL: 'maybe', MINIO_REGION: 'a b', MINIO_USER: '' });
  assert.match(all, /^s3:\/\/bucket: MINIO_ENDPOINT is missing: it must be where MinIO is/);
  for (const said of [
    /MINIO_USER is empty: it must be the user's name/,
    /MINIO_PASSWORD is missing: it must be the user's password/,
    /MINIO_USE_SSL is "maybe": it must be true or false/,
    /MINIO_REGION is "a b": it must be the name of a region/,
  ]) {
    assert.match(all, said);
  }
  const endpoints = [
    'a/b',
    'a:0',
    'a:65536',
    'a:b',
    'u:p@a',
    'ftp://a',
    'http://',
    '[::1',
    '[a]:1',
  ];
  for (const MINIO_ENDPOINT of [...endpoints, 'http://a?b', '-a', 'a b', 'x'.repeat(300)]) {
    const message = wrong({ ...RIGHT, MINIO_ENDPOINT });
    assert.match(message, /MINIO_ENDPOINT must be host:port/);
    assert.not.ok(message.includes('secret-7'));
  }
  assert.match(
    wrong({ ...RIGHT, MINIO_ENDPOINT: 'http://a', MINIO_USE_SSL: 'true' }),
    /begins with http:\/\/, but MINIO_USE_SSL is true: leave one of them out/,
  );
});

test('any endpoint is one of a host and a port, or an input error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain(), fc.ipV6()), (MINIO_ENDPOINT) => {
      try {
        const { host, port } = minioSettings({ ...RIGHT, MINIO_ENDPOINT }, 's3://bucket');
        assert.ok(/^[\w.:-]+$/.test(host) && port > 0 && port < 65536);
      } catch (error) {
        assert.is((error as { code: string }).code, 'input', String(error));
      }
    }),
  );
});

test.run();
