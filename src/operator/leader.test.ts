import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cluster, Lease } from '../kubernetes/index.ts';
import { seededDraw } from '../statistics/seeded-draw.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { type CampaignTiming, campaign } from './leader.ts';
import { heldLease, nextStep, releasedLease } from './lease.ts';

const DATE = new Date('2026-01-02T03:04:05.678Z');
const KEY = { namespace: 'ns', name: 'l' };
const QUICK: CampaignTiming = { duration: 1000, giveUp: 60, renew: 10, poll: 5 };

test('a lease is taken where nobody holds it, or its holder has not renewed it for its time', () => {
  const seen = { version: '1', at: 1000 };
  const held = heldLease({ metadata: KEY }, 'a', 15, DATE);
  assert.is(nextStep(held, 'b', seen, 1000), 15_000);
  assert.is(nextStep(held, 'b', seen, 15_999), 1);
  assert.is(nextStep(held, 'b', seen, 16_000), 'take');
  assert.is(nextStep(held, 'a', seen, 1000), 'take', 'its own: an answer was lost');
  assert.is(nextStep(releasedLease(held, DATE), 'b', seen, 1000), 'take');
  assert.is(nextStep({ metadata: KEY }, 'b', seen, 1000), 'take');
});

test('a lease says who holds it since when, and how often that changed', () => {
  const first = heldLease({ metadata: KEY }, 'a', 15, DATE);
  assert.equal(first, {
    metadata: KEY,
    spec: {
      holderIdentity: 'a',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-02T03:04:05.678000Z',
      renewTime: '2026-01-02T03:04:05.678000Z',
      leaseTransitions: 0,
    },
  });
  const later = new Date('2026-01-02T03:04:06Z');
  const renewed = heldLease(first, 'a', 15, later);
  assert.is(renewed.spec?.acquireTime, first.spec?.acquireTime);
  assert.is(renewed.spec?.renewTime, '2026-01-02T03:04:06.000000Z');
  assert.is(renewed.spec?.leaseTransitions, 0);
  const released = releasedLease(renewed, later);
  assert.is(released.spec?.holderIdentity, '');
  assert.is(heldLease(released, 'b', 15, later).spec?.leaseTransitions, 1);
});

/** A server of one Lease; `fails` says whether a request does not arrive, or its answer. */
function leaseServer(fails: () => 'before' | 'after' | null = () => null) {
  let lease: Lease | null = null;
  let version = 0;
  const asked = async <T>(act: () => T): Promise<T> => {
    await sleep(0);
    const how = fails();
    if (how === 'before') throw new Error('not reached');
    const answer = structuredClone(act());
    if (how === 'after') throw new Error('no answer');
    return answer;
  };
  const write = (object: Lease) => {
    version++;
    lease = { ...object, metadata: { ...object.metadata, resourceVersion: `${version}` } };
    return lease;
  };
  const cluster = {
    get: () => asked(() => lease),
    create: (_: unknown, object: Lease) => asked(() => (lease === null ? write(object) : null)),
    update: (_: unknown, object: Lease) =>
      asked(() =>
        object.metadata?.resourceVersion === lease?.metadata?.resourceVersion
          ? write(object)
          : null,
      ),
  } as unknown as Cluster;
  return { cluster, lease: () => lease };
}

/** Candidates of which a test knows who leads. */
function election(server: { readonly cluster: Cluster }, timing: Partial<CampaignTiming> = {}) {
  const leaders: string[] = [];
  const terms: string[] = [];
  const candidate = (identity: string, cluster = server.cluster) => {
    const controller = new AbortController();
    const { signal } = controller;
    const options = { cluster, ...KEY, identity, signal, timing: { ...QUICK, ...timing } };
    const ended = campaign(options, async (leading) => {
      leaders.push(identity);
      terms.push(identity);
      assert.equal(leaders, [identity], 'one leader at a time');
      if (!leading.aborted)
        await new Promise((resolve) => leading.addEventListener('abort', resolve));
      leaders.splice(leaders.indexOf(identity), 1);
    });
    const leave = () => {
      controller.abort();
      return ended;
    };
    return { leave, ended };
  };
  const leads = async (identity: string) => {
    while (!leaders.includes(identity)) await sleep(2);
  };
  return { candidate, leads, leaders, terms };
}

timedTest('who leaves hands over at once, and the one who takes over renews', async () => {
  const server = leaseServer();
  // Nobody gives up, however busy this machine is.
  const timing = { duration: 3_600_000, giveUp: 3_000_000 };
  const { candidate, leads, leaders } = election(server, timing);
  const a = candidate('a');
  await leads('a');
  const b = candidate('b');
  await sleep(50);
  assert.equal(leaders, ['a']);
  await a.leave();
  assert.equal(leaders.includes('a'), false, 'it has ended when the campaign has');
  // Not released, this would take an hour.
  await leads('b');
  const renewed = server.lease()?.metadata?.resourceVersion;
  while (server.lease()?.metadata?.resourceVersion === renewed) await sleep(2);
  await b.leave();
  assert.is(server.lease()?.spec?.holderIdentity, '');
});

timedTest('who is killed is followed when its time is over, and not before', async () => {
  const server = leaseServer();
  const before = heldLease({ metadata: KEY }, 'killed', 1, DATE);
  await server.cluster.create({} as never, before);
  const { candidate, leads } = election(server);
  const begin = performance.now();
  const b = candidate('b');
  await leads('b');
  assert.ok(performance.now() - begin >= 1000, 'the time is over');
  assert.is(server.lease()?.spec?.leaseTransitions, 1);
  await b.leave();
});

timedTest('a leader that cannot renew stops, and leads again when it can', async () => {
  let cutOff = false;
  const server = leaseServer(() => (cutOff ? 'before' : null));
  const { candidate, leads, leaders, terms } = election(server);
  const a = candidate('a');
  await leads('a');
  cutOff = true;
  while (leaders.length > 0) await sleep(2);
  cutOff = false;
  await leads('a');
  assert.equal(terms, ['a', 'a']);
  await a.leave();
});

timedTest('a leader whose lease another took stops', async () => {
  const server = leaseServer();
  const { candidate, leads, leaders } = election(server);
  const a = candidate('a');
  await leads('a');
  const stolen = async () => {
    const lease = (await server.cluster.get({} as never, KEY)) as Lease;
    return server.cluster.update({} as never, heldLease(lease, 'thief', 3600, DATE));
  };
  while ((await stolen()) === null);
  while (leaders.length > 0) await sleep(2);
  await a.leave();
  assert.is(server.lease()?.spec?.holderIdentity, 'thief', 'it is not released by another');
});

timedTest('what the leader throws is thrown, and the lease released', async () => {
  const server = leaseServer();
  const { signal } = new AbortController();
  const options = { ...server, ...KEY, identity: 'a', signal, timing: QUICK };
  const thrown = await campaign(options, () => Promise.reject('broken')).catch((error) => error);
  assert.is(thrown, 'broken');
  assert.is(server.lease()?.spec?.holderIdentity, '');
  await campaign(options, async () => {});
  assert.is(server.lease()?.spec?.leaseTransitions, 1, 'what ends of its own ends the campaign');
});

timedTest('however requests fail, there are never two leaders', async () => {
  const draw = seededDraw(11);
  let failures = 0;
  const fails = () => {
    const number = draw();
    if (number >= failures) return null;
    return number < failures / 2 ? 'before' : 'after';
  };
  const server = leaseServer(fails);
  const timing = { duration: 1000, giveUp: 30, renew: 5, poll: 2 };
  const { candidate, leaders, terms } = election(server, timing);
  const candidates = ['a', 'b', 'c'].map((identity) => candidate(identity));
  for (const some of [0.3, 0.6, 0.9, 0.3]) {
    failures = some;
    await sleep(300);
  }
  failures = 0;
  while (leaders.length === 0) await sleep(2);
  assert.ok(terms.length > 1, `${terms}`);
  await Promise.all(candidates.map(({ leave }) => leave()));
});

test.run();
