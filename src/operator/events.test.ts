import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cluster, Event, KubernetesObject } from '../kubernetes/index.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { createRecorder, type Happening, type RecorderOptions } from './events.ts';

const OBJECT: KubernetesObject = {
  apiVersion: 'gossip.io/v1',
  kind: 'Simulation',
  metadata: { namespace: 'ns', name: 'sim', uid: 'u' },
};
const BAD: Happening = { type: 'Warning', reason: 'Bad', message: 'it is bad' };

/** A recorder, what it wrote and told. */
function recording(options: Partial<RecorderOptions> = {}, fails = () => false) {
  const written: Event[] = [];
  const notices: string[] = [];
  const cluster = {
    async apply(_: unknown, event: Event) {
      if (fails()) throw new Error('not reached');
      written.push(structuredClone(event));
      return event;
    },
  } as unknown as Cluster;
  const recorder = createRecorder({
    cluster,
    component: 'gossip-operator',
    instance: 'pod-1',
    notice: (text) => notices.push(text),
    pause: 0,
    ...options,
  });
  return { ...recorder, written, notices };
}

test('an event says what happened to which object, and who says so', async () => {
  const { record, flush, written } = recording();
  record(OBJECT, BAD);
  await flush();
  const { metadata, firstTimestamp, lastTimestamp, ...rest } = written[0];
  assert.match(metadata.name ?? '', /^sim\.[0-9a-f]{16}$/);
  assert.is(metadata.namespace, 'ns');
  assert.match(firstTimestamp ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.is(firstTimestamp, lastTimestamp);
  assert.equal(rest, {
    involvedObject: {
      apiVersion: 'gossip.io/v1',
      kind: 'Simulation',
      name: 'sim',
      namespace: 'ns',
      uid: 'u',
    },
    type: 'Warning',
    reason: 'Bad',
    message: 'it is bad',
    source: { component: 'gossip-operator' },
    reportingComponent: 'gossip-operator',
    reportingInstance: 'pod-1',
    count: 1,
  });
});

timedTest('the same again is counted in one event; what differs has its own', async () => {
  const { record, flush, written } = recording({ repeatPause: 3_600_000 });
  for (let i = 0; i < 3; i++) record(OBJECT, BAD);
  record(OBJECT, { ...BAD, message: 'it is worse' });
  record({ ...OBJECT, metadata: { ...OBJECT.metadata, uid: 'other' } }, BAD);
  while (written.length < 3) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(
    written.map(({ count }) => count),
    [3, 1, 1],
  );
  assert.is(new Set(written.map(({ metadata }) => metadata.name)).size, 3);
  record(OBJECT, BAD);
  record(OBJECT, BAD);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.is(written.length, 3, 'it was written a moment ago');
  await flush();
  assert.is(written.length, 4);
  assert.is(written[3].count, 5);
  assert.is(written[3].metadata.name, written[0].metadata.name);
});

test("another process's events are others", async () => {
  const [one, two] = [recording(), recording()];
  for (const { record, flush } of [one, two]) {
    record(OBJECT, BAD);
    await flush();
  }
  assert.is.not(one.written[0].metadata.name, two.written[0].metadata.name);
});

test('what cannot be written is told, and nothing throws', async () => {
  let broken = true;
  const { record, flush, written, notices } = recording({}, () => broken);
  record(OBJECT, BAD);
  record({}, BAD);
  await flush();
  assert.ok(notices.length > 0);
  assert.match(notices[0], /^an event is not recorded: not reached$/);
  broken = false;
  record(OBJECT, BAD);
  await flush();
  assert.is(written[0].count, 2, 'what was not written counts');
});

test('a flood is bounded, and does not keep out what comes later', async () => {
  const { record, flush, written } = recording();
  for (let i = 0; i < 5000; i++) record(OBJECT, { ...BAD, message: `it is bad ${i}` });
  await flush();
  assert.ok(written.length <= 200, `${written.length}`);
  assert.is(written[0].message, 'it is bad 0');
  record(OBJECT, BAD);
  await flush();
  assert.is(written.at(-1)?.message, 'it is bad');
});

test("no message is longer than an event's may be, and none ends in half a character", async () => {
  const { record, flush, written } = recording();
  record(OBJECT, { ...BAD, message: 'ü'.repeat(5000) });
  record(OBJECT, { ...BAD, message: `a${'ü'.repeat(5000)}` });
  await flush();
  for (const { message = '' } of written) {
    assert.ok(Buffer.byteLength(message) <= 1024);
    assert.match(message, /^a?ü+ …$/);
  }
  const long: KubernetesObject = { ...OBJECT, metadata: { name: 'x'.repeat(253), uid: 'u' } };
  record(long, BAD);
  await flush();
  assert.ok((written[2].metadata.name ?? '').length <= 253);
  assert.is(written[2].metadata.namespace, 'default', 'of an object without namespace');
});

test.run();
