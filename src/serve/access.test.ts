import { Code, type ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type AccessSettings, createAccess, isLoopback } from './access.ts';

const TOKEN = '0123456789abcdef';

function access(settings: Partial<AccessSettings> = {}) {
  return createAccess({
    host: '127.0.0.1',
    port: () => 8080,
    publicUrls: [],
    token: null,
    ...settings,
  });
}

/** Whether a request for this host, from a page of this origin, is answered. */
function answers(
  settings: Partial<AccessSettings>,
  host: string | readonly string[],
  origin?: string,
  path = '/',
): boolean {
  return access(settings).refusal({ path, hosts: [host].flat(), origin }) === null;
}

test('loopback: it answers to its own names at its own port, and to no other', () => {
  for (const host of ['127.0.0.1:8080', 'localhost:8080', 'LocalHost:8080', '[::1]:8080']) {
    assert.ok(answers({}, host), host);
  }
  for (const host of [
    ...['evil.example', 'evil.example:8080', 'localhost', 'localhost:8081', '127.0.0.2:8080'],
    ...['localhost.evil.example:8080', '127.0.0.1.evil.example:8080', 'evil@localhost:8080'],
    ...['localhost:8080/', 'localhost:8080@evil.example', '0.0.0.0:8080', '', 'localhost.:8080'],
  ]) {
    assert.not(answers({}, host), host);
  }
  assert.not(answers({}, []), 'none at all');
  assert.ok(answers({}, ['localhost:8080', 'localhost:8080']));
  assert.not(answers({}, ['localhost:8080', 'evil.example']), 'HTTP/2 may say two');
  assert.ok(answers({ host: '127.0.0.2' }, '127.0.0.2:8080'));
  assert.ok(answers({ host: '::1' }, '[::1]:8080'));
  assert.ok(answers({ port: () => 80 }, 'localhost'));
});

test('loopback: only its own page may ask', () => {
  const host = 'localhost:8080';
  assert.ok(answers({}, host, 'http://localhost:8080'));
  for (const origin of [
    ...['http://evil.example', 'http://localhost:3000', 'http://localhost', 'null', ''],
    ...['https://localhost:8080', 'http://127.0.0.1:8080', 'http://localhost:8080.evil.example'],
    ...['file://', 'http://localhost:8080/', 'http://evil.example:8080'],
  ]) {
    assert.not(answers({}, host, origin), origin);
  }
});

test('loopback: figures too are for its own names', () => {
  assert.not(answers({}, 'evil.example', undefined, '/metrics'));
  assert.not(answers({}, 'evil.example', undefined, '/healthz'));
});

test('elsewhere: it does not know its names, and its own page is that of the name asked for', () => {
  const settings = { host: '0.0.0.0' };
  assert.ok(answers(settings, '10.1.2.3:8080'));
  assert.ok(answers(settings, 'lab.example:8080', 'http://lab.example:8080'));
  assert.ok(answers(settings, 'lab.example', 'https://lab.example'), 'behind a proxy with TLS');
  assert.not(answers(settings, 'lab.example:8080', 'http://evil.example'));
  assert.not(answers(settings, 'lab.example:8080', 'null'));
});

test('behind a proxy: it answers to the name told, and locally', () => {
  const publicUrls = [new URL('https://gossip.example.org/lab/')];
  for (const host of ['0.0.0.0', '127.0.0.1']) {
    const settings = { host, publicUrls };
    const asked = ['gossip.example.org', 'gossip.example.org:443', 'localhost:8080'];
    for (const name of asked) assert.ok(answers(settings, name), name);
    assert.ok(answers(settings, 'gossip.example.org', 'https://gossip.example.org'));
    assert.ok(answers(settings, 'localhost:8080', 'https://gossip.example.org'), 'Host rewritten');
    assert.not(answers(settings, 'evil.example'));
    assert.not(answers(settings, 'gossip.example.org:8080'));
    assert.not(answers(settings, 'gossip.example.org', 'https://evil.example'));
    // Kubelets and Prometheus know its address alone.
    assert.ok(answers(settings, '10.1.2.3:8080', undefined, '/healthz'));
    assert.not(answers(settings, '10.1.2.3:8080', undefined, '/healthz/'));
  }
});

/** How a caller with this token is let start. */
function starting(settings: Partial<AccessSettings>, shown: string | null): string {
  const headers = new Headers(shown === null ? {} : { 'Gossip-Token': shown });
  try {
    access(settings).admit(headers);
    return 'admitted';
  } catch (error) {
    return Code[(error as ConnectError).code];
  }
}

test('to start: all on the loopback address, elsewhere nobody, and with a token those who have it', () => {
  const proxy = { publicUrls: [new URL('http://gossip.example.org')] };
  assert.is(starting({}, null), 'admitted');
  for (const settings of [{ host: '0.0.0.0' }, { host: '10.1.2.3' }, { host: '::' }, proxy]) {
    assert.is(starting(settings, null), 'PermissionDenied');
    assert.is(starting(settings, TOKEN), 'PermissionDenied');
    assert.not(access(settings).mayStart);
  }
  for (const settings of [{}, { host: '0.0.0.0' }, proxy]) {
    const guarded = { ...settings, token: TOKEN };
    assert.is(starting(guarded, TOKEN), 'admitted');
    for (const shown of [null, '', 'f'.repeat(16), `${TOKEN}0`, TOKEN.slice(1)]) {
      assert.is(starting(guarded, shown), 'Unauthenticated');
    }
    assert.ok(access(guarded).mayStart);
    assert.ok(access(guarded).needsToken);
  }
});

test('what is the loopback address', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]']) {
    assert.ok(isLoopback(host), host);
  }
  for (const host of [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '',
    '127.0.0.1.nip.io',
    'localhost.evil.example',
  ]) {
    assert.not(isLoopback(host), host);
  }
});

test('a refusal says no more of what a stranger wrote than can be shown', () => {
  const said = access().refusal({
    path: '/',
    hosts: [`"\n\u001b${'x'.repeat(10_000)}`],
    origin: undefined,
  });
  assert.ok(said!.length < 500);
  assert.is(said, said!.replace(/\p{Cc}/gu, ''));
});

test.run();
