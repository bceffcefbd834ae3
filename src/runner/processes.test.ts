import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { childrenOf, gone, portsOf, stillListening } from './processes.fixture.ts';
import { startProcesses } from './processes.ts';

const shell = (script: string) => () => ['sh', '-c', script];

test('processes that cannot be used are an error that says why, and none is left', async () => {
  const before = childrenOf(process.pid);
  const cases: [string, () => string[], RegExp][] = [
    ['no such program', () => ['/no/such/program'], /^a host process did not start: .*ENOENT/],
    [
      'it fails',
      shell('echo "a reason" >&2; exit 3'),
      /^a host process ended with code 3: a reason$/,
    ],
    ['it is killed', shell('kill -9 $$'), /^a host process was ended by SIGKILL$/],
    [
      'it says something else',
      shell('echo hello; exec sleep 60'),
      /^a host process said "hello" instead of its ports$/,
    ],
    ['it is silent', shell('exec sleep 60'), /^a host process did not start within 500 ms$/],
  ];
  for (const [name, command, said] of cases) {
    // The first is as it should be, and must not outlive the others.
    const commandOf = (index: number) => (index === 0 ? ['sh', '-c', 'exec sleep 60'] : command());
    const error = await startProcesses(2, { commandOf, startDeadline: 500 }).catch((e) => e);
    assert.instance(error, GossipError, name);
    assert.is(error.code, 'failed', name);
    assert.match(error.message, said, name);
    assert.equal(childrenOf(process.pid), before, name);
  }
});

test('a start that is no longer wanted ends at once', async () => {
  const before = childrenOf(process.pid);
  const abort = new AbortController();
  const started = startProcesses(20, { signal: abort.signal }).catch((error) => error);
  await sleep(50);
  const begun = childrenOf(process.pid).filter((pid) => !before.includes(pid));
  assert.ok(begun.length > 0 && begun.length < 20, String(begun.length));
  abort.abort('not wanted');
  assert.is(await started, 'not wanted');
  assert.equal(childrenOf(process.pid), before);
  assert.is(
    await startProcesses(2, { signal: abort.signal }).catch((error) => error),
    'not wanted',
  );
  assert.equal(childrenOf(process.pid), before);
});

test('each process is started by its own command; killing them closes their ports', async () => {
  const seen: number[] = [];
  const program = process.execPath;
  const runtime = 'Deno' in globalThis ? ['run', '-A'] : [];
  const bin = new URL('../../bin/gossip.js', import.meta.url).pathname;
  const { remotes, pids, kill } = await startProcesses(2, {
    commandOf(index) {
      seen.push(index);
      return [program, ...runtime, bin];
    },
  });
  assert.equal(seen, [0, 1]);
  for (const { client, fate } of remotes) {
    const { nodeCount } = await client.describe({});
    assert.is(nodeCount, 0);
    assert.is(fate!(), null);
  }
  const ports = pids.map(portsOf);
  assert.ok(ports.every((of) => of.length === 2));
  await Promise.all([kill(), kill()]);
  await gone(pids);
  assert.equal(stillListening(ports.flat()), []);
  assert.ok(remotes.every(({ fate }) => fate!() === 'was ended by SIGKILL'));
});

test.run();
