import { Code, ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { file } from './jobs.fixture.ts';
import type { PrepareRequest } from './prepare.ts';
import { createPreparing } from './preparing.ts';

const request = (...files: PrepareRequest['files']): PrepareRequest => ({
  files,
  examples: [],
  graphs: [],
  strategies: [],
  jobs: 1,
});
/** The time that a map takes to be read grows with the square of its keys. */
const LONG = file('a.yaml', Array.from({ length: 200_000 }, (_, i) => `k${i}: 1\n`).join(''));
const SHORT = file('a.txt', '0 1\n');

test('files that take too long are refused, and those after them are read', async () => {
  const preparing = createPreparing(2);
  const [long, short] = await Promise.allSettled([
    preparing.prepare(request(LONG)),
    preparing.prepare(request(SHORT)),
  ]);
  assert.match(String(long.status === 'rejected' && long.reason), /takes more than 2 seconds/);
  assert.is(short.status, 'fulfilled');
  preparing.stop();
});

test('too many at once are told to come again, and none is begun once it stops', async () => {
  const preparing = createPreparing();
  const all = Array.from({ length: 18 }, () => preparing.prepare(request(SHORT)));
  preparing.stop();
  const codes = (await Promise.allSettled(all)).map((one) =>
    one.status === 'rejected' ? ConnectError.from(one.reason).code : null,
  );
  assert.is(codes.filter((code) => code === Code.ResourceExhausted).length, 2);
  assert.is(codes.filter((code) => code === Code.Unavailable).length, 16);
});

test.run();
