import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, type ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '../gen/grpc/health/v1/health_pb.ts';
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

testInTime('host: whether it is up is answered before anything is loaded, and after', () =>
  withHosts(1, async ([host]) => {
    const baseUrl = `http://127.0.0.1:${host.port}`;
    const transport = createGrpcTransport({ baseUrl });
    const health = createClient(Health, transport);
    const ask = async () => {
      const headers: string[] = [];
      const note = (of: Headers) => headers.push(of.get('content-type') ?? '');
      const { status } = await health.check({}, { onHeader: note });
      return [status, ...headers];
    };
    const serving = [Status.SERVING, 'application/grpc+proto'];
    assert.equal(await ask(), serving);
    // What is not that question alone goes to the handler, whole.
    const named = await health.check({ service: 'gossip.v1.HostService' });
    assert.is(named.status, Status.SERVING);
    const unknown = await health.check({ service: 'x' }).catch((error: ConnectError) => error);
    assert.match(`${unknown}`, /not_found.*no service x/);
    assert.equal(await ask(), serving);
    const web = createClient(Health, createGrpcWebTransport({ baseUrl, httpVersion: '2' }));
    assert.is((await web.check({})).status, Status.SERVING);
  }),
);

testInTime(
  'host: the first question may come in pieces, with more than it should, or not whole',
  () =>
    withHosts(1, async ([{ port }]) => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const ask = async (...pieces: string[]) => {
        const stream = session.request({
          ':method': 'POST',
          ':path': '/grpc.health.v1.Health/Check',
          'content-type': 'application/grpc',
          te: 'trailers',
        });
        const trailers = once(stream, 'trailers');
        for (const piece of pieces) {
          stream.write(Buffer.from(piece, 'hex'));
          await sleep(20);
        }
        stream.end();
        stream.resume();
        return (await trailers)[0]['grpc-status'];
      };
      assert.is(await ask('0000000000'), '0');
      assert.is(await ask('0000', '000000'), '0');
      const status = (code: Code) => `${code}`;
      assert.is(await ask('00000000030a0178'), status(Code.NotFound));
      assert.is.not(await ask('0000000005'), '0');
      assert.is.not(await ask(), '0');
      session.close();
    }),
);

test.run();
