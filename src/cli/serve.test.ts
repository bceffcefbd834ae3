import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { within } from '../transport/within.fixture.ts';
import { gossip, inFolder, startGossip } from './command.fixture.ts';

/** What it says once it listens, and where it is. */
async function said(child: ReturnType<typeof startGossip>['child']): Promise<string> {
  let text = '';
  return within(
    'a server says where it is',
    new Promise((resolve) => {
      child.stdout!.on('data', (piece) => {
        text += piece;
        const [, url] = /^Gossip is at (http:\S+)\n/.exec(text) ?? [];
        if (url !== undefined) resolve(url);
      });
    }),
  );
}

for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`it says where it is, answers, and leaves with ${code} on ${name}`, () =>
    inFolder({}, async (folder) => {
      const results = join(folder, 'results');
      const { child, ended } = startGossip('serve', '--port', '0', '--results', results);
      try {
        const url = await said(child);
        assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
        const call = (method: string) =>
          fetch(`${url}gossip.v1.SimulationService/${method}`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: '{}',
          });
        const server = await (await call('GetServer')).json();
        assert.equal([server.storage, server.mayStart], [results, true]);
        assert.equal(await (await call('ListSimulations')).json(), {});
        assert.is(await (await fetch(`${url}healthz`)).text(), 'serving\n');
        process.kill(child.pid!, name);
        assert.is((await within(`leaving after ${name}`, ended)).code, code);
        assert.equal(readdirSync(folder), [], 'reading makes nothing');
      } finally {
        if (child.exitCode === null) process.kill(child.pid!, 'SIGKILL');
      }
    }));
}

test('flags that are wrong end it in words, before anything is served', async () => {
  const { GOSSIP_TOKEN } = process.env;
  try {
    for (const token of ['short', 'a header would not carry it']) {
      process.env.GOSSIP_TOKEN = token;
      const { code, stderr } = await gossip('serve', '--allow-start');
      assert.is(code, 2);
      assert.match(stderr, 'GOSSIP_TOKEN of the environment must have 16 characters or more');
    }
  } finally {
    if (GOSSIP_TOKEN === undefined) delete process.env.GOSSIP_TOKEN;
    else process.env.GOSSIP_TOKEN = GOSSIP_TOKEN;
  }
  for (const [flags, expected] of [
    [['--public-url', 'gossip.example.org'], 'It must be a URL'],
    [['--public-url', 'ftp://gossip.example.org'], 'It must be a URL'],
    [['--port', '65536'], 'It must be an integer from 0 to 65535'],
    [['--simulations-at-once', '0'], 'It must be an integer from 1'],
  ] as const) {
    const { code, stderr } = await gossip('serve', ...flags);
    assert.is(code, 2, flags.join(' '));
    assert.match(stderr, expected);
  }
});

test('one simulation is no place to serve', () =>
  inFolder({ 'club-1a2b3c4d/manifest.json': '{}' }, async (folder) => {
    const { code, stderr } = await gossip('serve', '--results', join(folder, 'club-1a2b3c4d'));
    assert.is(code, 2);
    assert.match(stderr, `is one simulation: name what it is in, ${folder}`);
  }));

test.run();
