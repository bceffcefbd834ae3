import { networkInterfaces } from 'node:os';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { parseAddress } from './address.ts';
import { ending, request } from './request.fixture.ts';
import { type CreateTcp, tcpTest } from './tcp.fixture.ts';
import { createTcp } from './tcp.ts';
import { transportConformance } from './transport.conformance.ts';
import { within } from './within.fixture.ts';

transportConformance(
  'tcp',
  () => (address) =>
    createTcp({ listen: address === undefined ? undefined : parseAddress(address) }),
);

/** The error of a host that is to listen there. */
async function listenError(create: CreateTcp, host: string, port: number): Promise<GossipError> {
  const transport = create({ listen: { host, port } });
  const listening = transport.listen(() => ({ value: 0 }));
  try {
    await within(`listening on ${host}`, listening);
  } catch (error) {
    assert.instance(error, GossipError);
    assert.is((error as GossipError).code, 'input');
    return error as GossipError;
  }
  throw new Error(`it listens on ${host}:${port}`);
}

tcpTest('a port in use says so', async (create) => {
  const first = create();
  const address = await first.listen(() => ({ value: 0 }));
  const { host, port } = parseAddress(address);
  const { message } = await listenError(create, host, port);
  assert.is(
    message,
    `cannot listen on ${address}: it is in use: end the program that has it, or choose another port`,
  );
});

tcpTest('an address of another machine, and a name of none, say so', async (create) => {
  assert.match(
    (await listenError(create, '192.0.2.1', 0)).message,
    /192\.0\.2\.1:0: this machine has no/,
  );
  assert.match(
    (await listenError(create, 'no-such-host.invalid', 0)).message,
    /the name does not resolve/,
  );
});

tcpTest(
  'a peer whose name does not resolve is unreachable and may be tried again',
  async (create) => {
    const initiator = create();
    assert.is(await ending(initiator, 'no-such-host.invalid:80'), 'unreachable');
    assert.is(await ending(initiator, 'localhost:99999'), 'unreachable!');
  },
);

tcpTest('names and IPv6 addresses', async (create) => {
  const hosts = ['localhost', '0.0.0.0'];
  const addresses = Object.values(networkInterfaces()).flat();
  if (addresses.some((each) => each?.address === '::1')) hosts.push('::1', '::');
  for (const host of hosts) {
    const partner = create({ listen: { host, port: 0 } });
    const initiator = create();
    const peer = await partner.listen(({ value }) => ({ value }));
    assert.is(await ending(initiator, peer, { value: 7 }), 7, peer);
  }
});

tcpTest(
  'one connection serves all exchanges with a peer, and its bytes are counted on both sides',
  async (create) => {
    const partner = create();
    const initiator = create();
    const peer = await partner.listen(({ value }) => ({ value }));
    const many = Array.from({ length: 500 }, (_, i) => ending(initiator, peer, { initiator: i }));
    await Promise.all(many);
    await ending(initiator, peer, { round: 2 });
    const { sentBytes, receivedBytes, connections } = initiator.traffic;
    assert.is(connections, 1);
    assert.ok(sentBytes > 501 * 20 && sentBytes < 501 * 60, `${sentBytes} bytes sent`);
    assert.ok(
      receivedBytes > 501 * 4 && receivedBytes < 501 * 30,
      `${receivedBytes} bytes received`,
    );
    const { sentBytes: back, receivedBytes: forth } = partner.traffic;
    assert.equal([back, forth], [receivedBytes, sentBytes]);
  },
);

tcpTest('ids go on after the connection was lost', async (create) => {
  const partner = create();
  const initiator = create();
  const peer = await partner.listen(({ value }) => ({ value }));
  for (let i = 0; i < 50; i++) {
    const ends = [1, 2, 3].map((value) => ending(initiator, peer, { initiator: value, value }));
    initiator.disconnect(peer);
    assert.equal(await Promise.all(ends), ['closed', 'closed', 'closed']);
    assert.is(await ending(initiator, peer, { value: 4 }), 4);
  }
});

tcpTest(
  'what is begun in the callback of a lost exchange is sent on a new connection',
  async (create) => {
    const partner = create();
    const initiator = create();
    const peer = await partner.listen(({ value }) => ({ value }));
    const ended = new Promise((resolve) => {
      initiator.send(peer, request(), () => initiator.send(peer, request({ value: 5 }), resolve));
    });
    initiator.disconnect(peer);
    assert.equal(await within('the second exchange', ended), { value: 5 });
  },
);

tcpTest('closing leaves no socket behind', async (create) => {
  const hosts = Array.from({ length: 4 }, () => create());
  const peers = await Promise.all(hosts.map((host) => host.listen(({ value }) => ({ value }))));
  await Promise.all(hosts.flatMap((host) => peers.map((peer) => ending(host, peer))));
  await within('closing', Promise.all(hosts.map((host) => host.close())));
  for (const peer of peers) {
    const { host, port } = parseAddress(peer);
    const again = create({ listen: { host, port } });
    assert.is(await again.listen(() => ({ value: 0 })), peer);
    await again.close();
  }
});

test.run();
