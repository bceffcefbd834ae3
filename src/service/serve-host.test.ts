import { connect } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTcp } from '../transport/index.ts';
import { ending, request } from '../transport/request.fixture.ts';
import { clientOf, withHosts } from './host.fixture.ts';
import { testInTime } from './node.fixture.ts';

/** Whether anybody listens there. */
function isOpen(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

testInTime('host: peers that come before any runner are answered', () =>
  withHosts(1, async ([{ peerAddress }]) => {
    const peers = Array.from({ length: 3 }, () => createTcp());
    const outcomes = peers.map((peer) => ending(peer, peerAddress, request()));
    assert.equal(await Promise.all(outcomes), Array(3).fill('refused not-configured'));
    await Promise.all(peers.map((peer) => peer.close()));
  }),
);

testInTime('host: one that nobody ever called stops, and closes both its ports', () =>
  withHosts(1, async ([host]) => {
    const addresses = [host.peerAddress, `127.0.0.1:${host.port}`];
    assert.equal(await Promise.all(addresses.map(isOpen)), [true, true]);
    await host.stop(1000);
    assert.equal(await Promise.all(addresses.map(isOpen)), [false, false]);
  }),
);

testInTime('host: it stops while it loads what answers the first calls', () =>
  withHosts(1, async ([host]) => {
    const calls = ['gRPC', 'Connect JSON'].map((protocol) =>
      clientOf(host, '', protocol as 'gRPC')
        .describe({})
        .then(
          () => 'answered',
          () => 'refused',
        ),
    );
    const peer = createTcp();
    const exchange = ending(peer, host.peerAddress, request());
    assert.ok(await isOpen(host.peerAddress));
    await host.stop(1000);
    await Promise.all([...calls, exchange, peer.close()]);
    assert.not(await isOpen(host.peerAddress));
  }),
);

test.run();
