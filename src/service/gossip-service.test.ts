import { createClient } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Gossip } from '../gen/gossip/gossip_pb.ts';
import { runnerOf, sendRaw, testInTime, withNode } from './node.fixture.ts';

const TRANSPORTS = {
  gRPC: (baseUrl: string) => createGrpcTransport({ baseUrl }),
  'gRPC-web over HTTP/1.1': (baseUrl: string) =>
    createGrpcWebTransport({ baseUrl, httpVersion: '1.1' }),
  'gRPC-web over HTTP/2': (baseUrl: string) =>
    createGrpcWebTransport({ baseUrl, httpVersion: '2' }),
  'Connect over HTTP/1.1': (baseUrl: string) =>
    createConnectTransport({ baseUrl, httpVersion: '1.1' }),
  'Connect over HTTP/2': (baseUrl: string) => createConnectTransport({ baseUrl, httpVersion: '2' }),
};

for (const [name, transport] of Object.entries(TRANSPORTS)) {
  testInTime(`gossip.Gossip by ${name}: all five calls, on the one port`, () =>
    withNode({ NODE_VALUE: '-8' }, {}, async (node, url) => {
      const neighbor = { HOSTNAME: 'sim-g0-n2', NEIGHBORS: 'sim-g0-n5', NODE_VALUE: '-9' };
      const toFirst = () => ({ host: '127.0.0.1', port: node.peerPort });
      await withNode(neighbor, { addressOf: toFirst }, async (other, otherUrl) => {
        const first = createClient(Gossip, transport(url));
        const second = createClient(Gossip, transport(otherUrl));
        assert.is((await first.currentValue({})).value, -8);
        await second.gossip({});
        assert.is((await first.currentValue({})).value, -9);
        const entries = async () =>
          (await first.history({})).valueEntries.map((entry) => [
            entry.participations,
            entry.value,
          ]);
        assert.equal(await entries(), [
          [0, -8],
          [1, -9],
        ]);
        await first.reset({});
        assert.is((await first.currentValue({})).value, -8);
        assert.equal(await entries(), [[0, -8]]);
        await second.stopApplication({});
        await other.stopped;
        assert.is((await first.currentValue({})).value, -8, 'the other stays');
      });
    }),
  );
}

testInTime('gossip.Gossip by a fetch of JSON, one connection for many calls', () =>
  withNode({}, {}, async (_, url) => {
    for (let call = 0; call < 3; call++) {
      const response = await fetch(`${url}/gossip.Gossip/CurrentValue`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
      });
      assert.is(response.status, 200);
      assert.equal(await response.json(), { value: 50 });
    }
  }),
);

testInTime('Reset forgets contacts and keeps a random first value', () =>
  withNode({ RANDOM_INITIALIZATION: 'True', SEED: '5' }, {}, async ({ peerPort }, url) => {
    const runner = runnerOf(url);
    const { value } = await runner.currentValue({});
    assert.ok(value >= 0 && value <= 100);
    await sendRaw(peerPort, 'sim-g0-n2:-1');
    assert.is((await runner.currentValue({})).value, -1);
    await runner.reset({});
    assert.is((await runner.currentValue({})).value, value);
  }),
);

testInTime('a request too large is refused, an unknown call is unimplemented', () =>
  withNode({}, {}, async (_, url) => {
    const post = (path: string, body: string) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
    const large = await post('/gossip.Gossip/Reset', JSON.stringify({ x: 'x'.repeat(100_000) }));
    assert.is((await large.json()).code, 'resource_exhausted');
    const unknown = await post('/gossip.Gossip/Nothing', '{}');
    assert.is(unknown.status, 404);
    await unknown.text();
  }),
);

test.run();
