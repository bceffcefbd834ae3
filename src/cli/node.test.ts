import { once } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHostClient } from '../runner/host-client.ts';
import { within } from '../transport/within.fixture.ts';
import { startGossip } from './command.fixture.ts';

const DEADLINE = 15_000;

/** A host with its parent's end of standard input open, and a client of it. */
async function startHost() {
  const { child, ended } = startGossip('node', '--with-parent', '--port', '0', '--peer-port', '0');
  const [line] = await within(DEADLINE, 'a host says its ports', once(child.stdout!, 'data'));
  const client = createHostClient(`127.0.0.1:${JSON.parse(String(line)).port}`, '', DEADLINE);
  return { child, ended, client };
}

test('a host that is told to stop leaves with 0, its parent still there', async () => {
  const { child, ended, client } = await startHost();
  try {
    await client.stop({});
    assert.is((await within(DEADLINE, 'leaving after Stop', ended)).code, 0);
  } finally {
    client.close();
    child.kill('SIGKILL');
  }
});

test('a host that is terminated leaves with 143, its parent still there', async () => {
  const { child, ended, client } = await startHost();
  try {
    child.kill('SIGTERM');
    assert.is((await within(DEADLINE, 'leaving after SIGTERM', ended)).code, 143);
  } finally {
    client.close();
    child.kill('SIGKILL');
  }
});

test('a host whose parent is gone leaves', async () => {
  const { child, ended, client } = await startHost();
  try {
    child.stdin!.end();
    assert.is((await within(DEADLINE, 'leaving with its parent', ended)).code, 1);
  } finally {
    client.close();
    child.kill('SIGKILL');
  }
});

test.run();
