import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseAddress } from './address.ts';
import { createDirect, type DirectNetwork } from './direct.ts';
import { exactlyOnceConformance } from './exactly-once.conformance.ts';
import { createFaulty, type Faults } from './faulty.ts';
import { ending } from './request.fixture.ts';
import { createTcp } from './tcp.ts';
import { type CreateTransport, transportConformance } from './transport.conformance.ts';
import { timedTest } from './within.fixture.ts';

function openDirect(): CreateTransport {
  const network: DirectNetwork = new Map();
  let made = 0;
  return (address = `host-${++made}:1`) => createDirect(network, address);
}

function openTcp(): CreateTransport {
  return (address) =>
    createTcp({ listen: address === undefined ? undefined : parseAddress(address) });
}

for (const [name, open] of [
  ['direct', openDirect],
  ['tcp', openTcp],
] as const) {
  transportConformance(`faulty, without faults, over ${name}`, () => {
    const create = open();
    return (address) => createFaulty(create(address), { seed: 1 });
  });
  exactlyOnceConformance(name, open);
}

/** How so many exchanges end, one after the other, and how often the partner applied one. */
async function play(faults: Faults, count = 60) {
  const create = openDirect();
  let applied = 0;
  const peer = await create().listen(() => ({ value: ++applied }));
  const initiator = createFaulty(create(), faults);
  const ends: (number | string)[] = [];
  for (let i = 0; i < count; i++) {
    ends.push(await ending(initiator, peer, { initiator: i }, 2));
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { ends, applied, right: ends.filter((end) => typeof end === 'number').length };
}

timedTest('the seed and the number of an exchange decide what befalls it', async () => {
  const faults = { dropRequest: 0.3, dropReply: 0.3 };
  const first = await play({ seed: 5, ...faults });
  assert.equal(await play({ seed: 5, ...faults }), first);
  assert.not.equal((await play({ seed: 6, ...faults })).ends, first.ends);
  assert.not.equal((await play({ seed: 5 + 2 ** 32, ...faults })).ends, first.ends);
});

timedTest('a dropped request is not applied, a dropped reply is', async () => {
  const dropped = await play({ seed: 1, dropRequest: 0.5 });
  assert.ok(dropped.right > 10 && dropped.right < 50);
  assert.is(dropped.applied, dropped.right);
  assert.ok(dropped.ends.includes('timeout'));
  const unheard = await play({ seed: 1, dropReply: 0.5 });
  assert.is(unheard.right, dropped.right, 'the same exchanges');
  assert.is(unheard.applied, 60);
});

timedTest('a duplicate is applied twice where no ledger is kept', async () => {
  const { applied, right } = await play({ seed: 1, duplicate: 1, longestDelay: 1 });
  assert.is(right, 60);
  assert.is(applied, 120);
});

timedTest('a delayed exchange ends well', async () => {
  const { applied, right } = await play({ seed: 1, delay: 1, longestDelay: 1 }, 20);
  assert.is(right, 20);
  assert.is(applied, 20);
});

timedTest('a cut loses requests and replies', async () => {
  const { applied, ends } = await play({ seed: 1, cut: 1 });
  assert.equal([...new Set(ends)], ['closed']);
  assert.ok(applied > 10 && applied < 50, `${applied}`);
});

timedTest('closing ends what was to be sent later', async () => {
  const create = openDirect();
  const peer = await create().listen(() => ({ value: 1 }));
  const initiator = createFaulty(create(), { seed: 1, delay: 1, longestDelay: 60_000 });
  const late = ending(initiator, peer);
  await initiator.close();
  assert.is(await late, 'closed!');
});

test.run();
