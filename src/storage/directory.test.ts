import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDirectoryStorage, type Storage } from './index.ts';
import { storageConformance } from './storage.conformance.ts';
import { temporaryName } from './temporary.ts';

const newFolder = () => mkdtemp(join(tmpdir(), 'gossip-storage-'));

storageConformance('directory', async () => {
  const folder = await newFolder();
  return {
    storage: createDirectoryStorage(join(folder, 'made', 'when', 'needed')),
    cleanup: () => rm(folder, { recursive: true }),
  };
});

const folders: string[] = [];
test.after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function temporaryFolder(): Promise<string> {
  const folder = await newFolder();
  folders.push(folder);
  return folder;
}

async function keysOf(storage: Storage): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of storage.list('')) keys.push(key);
  return keys;
}

/** Another process that puts, until it ends or is killed; `before` is shell that runs first. */
function putter(folder: string, size: number, before = '') {
  const script = fileURLToPath(new URL('./fixtures/putter.ts', import.meta.url));
  const run = process.versions.deno ? ['run', '-A', script] : [script];
  return spawn(
    'sh',
    ['-c', `${before} exec "$@"`, 'sh', process.execPath, ...run, folder, `${size}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
}

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.unreachable('must throw'),
    (error) => error,
  );

test('a process killed in the middle of puts leaves whole objects only', async () => {
  const folder = await temporaryFolder();
  const storage = createDirectoryStorage(folder);
  let unfinished = 0;
  // How far a process gets before its end is chance; it ends when one left an unfinished file.
  for (let round = 0; round < 3 || (unfinished === 0 && round < 30); round++) {
    const child = putter(folder, 4_000_000);
    await once(child.stdout, 'data');
    await sleep(round % 5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    let objects = 0;
    for await (const key of storage.list('')) {
      const bytes = (await storage.get(key))!;
      assert.is(bytes.length, 4_000_000, `${key} is whole`);
      assert.ok(
        bytes.every((byte) => byte === bytes[0]),
        `${key} is of one put`,
      );
      objects++;
    }
    assert.ok(objects > 0);
    unfinished += (await readdir(folder)).filter((name) => name.endsWith('.tmp')).length;
  }
  assert.ok(unfinished > 0, 'at least one kill met an unfinished file');
  await storage.put('after', 'x');
  assert.not.ok((await readdir(folder)).some((name) => name.endsWith('.tmp')));
});

test('unfinished files: not listed, no keys, removed only when their process is gone', async () => {
  const folder = await temporaryFolder();
  const own = temporaryName();
  const elsewhere = own.replace(/-[0-9a-f]{8}-/, '-00000000-');
  const old = elsewhere.replace(/[0-9a-f]{12}/, '0123456789ab');
  for (const name of [own, elsewhere, old]) await writeFile(join(folder, name), 'half');
  await utimes(join(folder, old), 0, 0);
  const storage = createDirectoryStorage(folder);
  assert.equal(await keysOf(storage), []);
  assert.is((await rejection(storage.put(own, 'x'))).code, 'input');
  await storage.put('a', 'x');
  assert.equal((await readdir(folder)).sort(), [own, elsewhere, 'a'].sort());
  assert.not.ok(own.includes(hostname()));
});

test('a failed put leaves nothing and says where and what to do', async () => {
  const folder = await temporaryFolder();
  // A limit on the size of files stands for a full disk; without the trap a signal would end the process first.
  const child = putter(folder, 4_000_000, "trap '' XFSZ; ulimit -f 100;");
  const [said] = await once(child.stdout, 'data');
  await once(child, 'exit');
  assert.match(`${said}`, /^input cannot write .*[/\\]0: .*\(EFBIG\); .*choose another folder/);
  assert.equal(await readdir(folder), []);
});

test('a path that is a file, or below one, is refused with the path', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, 'x');
  for (const path of [file, join(file, 'below')]) {
    const storage = createDirectoryStorage(path);
    const error = await rejection(storage.put('a/b', 'x'));
    assert.is(error.code, 'input');
    assert.ok(error.message.includes(join(path, 'a', 'b')));
    assert.match(error.message, /a part of the path is a file/);
    assert.is(await storage.get('a/b'), null);
    assert.equal(await keysOf(storage), []);
  }
});

test('a folder in an object’s place and a name too long are refused', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'a'));
  const storage = createDirectoryStorage(folder);
  assert.match((await rejection(storage.put('a', 'x'))).message, /there is a folder of this name/);
  assert.match((await rejection(storage.put('x'.repeat(256), 'x'))).message, /too long/);
  assert.equal(await readdir(folder), ['a']);
});

test('a folder without permission is refused', async () => {
  // Permissions do not bind the superuser.
  if (process.getuid?.() === 0) return;
  const folder = await temporaryFolder();
  await chmod(folder, 0o500);
  const error = await rejection(createDirectoryStorage(folder).put('a', 'x'));
  await chmod(folder, 0o700);
  assert.is(error.code, 'input');
  assert.match(error.message, /permission denied \(EACCES\)/);
});

test.run();
