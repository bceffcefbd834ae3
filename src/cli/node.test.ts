import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { within } from '../transport/within.fixture.ts';
import { startGossip } from './command.fixture.ts';

/** A host with its parent's end of standard input open, and how to call Stop on it. */
async function startHost() {
  const { child, ended } = startGossip('node', '--with-parent', '--port', '0', '--peer-port', '0');
  const [line] = await within('a host says its ports', once(child.stdout!, 'data'));
  const url = `http://127.0.0.1:${JSON.parse(String(line)).port}/gossip.v1.HostService/Stop`;
  const headers = { 'content-type': 'application/json' };
  const stop = async () => (await fetch(url, { method: 'POST', headers, body: '{}' })).text();
  return { child, ended, stop };
}

/** Ends a host that has not left. Not by child.kill, which on Deno closes its standard input as well. */
function end({ exitCode, signalCode, pid }: ChildProcess): void {
  if (exitCode === null && signalCode === null) process.kill(pid!, 'SIGKILL');
}

test('a host that is told to stop leaves with 0, its parent still there', async () => {
  const { child, ended, stop } = await startHost();
  try {
    assert.is(await stop(), '{}');
    assert.is((await within('leaving after Stop', ended)).code, 0);
  } finally {
    end(child);
  }
});

test('a host that is terminated leaves with 143, its parent still there', async () => {
  const { child, ended } = await startHost();
  try {
    process.kill(child.pid!, 'SIGTERM');
    assert.is((await within('leaving after SIGTERM', ended)).code, 143);
  } finally {
    end(child);
  }
});

test('a host whose parent is gone leaves', async () => {
  const { child, ended } = await startHost();
  try {
    child.stdin!.end();
    assert.is((await within('leaving with its parent', ended)).code, 1);
  } finally {
    end(child);
  }
});

test.run();
