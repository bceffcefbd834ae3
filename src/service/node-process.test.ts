import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listenOn } from './listen.ts';
import { NODE, runnerOf, sendRaw, startNode, testInTime, withPeer } from './node.fixture.ts';

const HERE = ['--host', '127.0.0.1', '--port', '0', '--peer-port', '0'];

testInTime('process: StopApplication is answered, then it leaves with 0', async () => {
  const { listening, ended } = startNode(NODE, ...HERE);
  const { port, peerPort } = await listening;
  const runner = runnerOf(`http://127.0.0.1:${port}`);
  assert.is((await runner.currentValue({})).value, 50);
  assert.is(await sendRaw(peerPort, 'sim-g0-n2:4'), 'sim-g0-n5:4');
  await runner.stopApplication({});
  assert.is((await ended).code, 0);
});

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const) {
  testInTime(`process: ${signal} is not StopApplication: ${code}`, async () => {
    const { child, listening, ended } = startNode(NODE, ...HERE);
    const { port } = await listening;
    await runnerOf(`http://127.0.0.1:${port}`).currentValue({}); // leaves a connection open
    child.kill(signal);
    assert.is((await ended).code, code);
  });
}

testInTime('process: the exchange in hand is finished, later ones are refused', () =>
  withPeer(
    async () => {
      await sleep(400);
      return '127.0.0.1:3';
    },
    async ({ port: peerPort }, received) => {
      // Its only neighbor is our peer: the same address, and the same port for all peers.
      const node = { ...NODE, HOSTNAME: '127.0.0.2', NEIGHBORS: '127.0.0.1' };
      const flags = ['--host', '127.0.0.2', '--port', '0', '--peer-port', String(peerPort)];
      const { listening, ended } = startNode(node, ...flags);
      const { port } = await listening;
      const runner = runnerOf(`http://127.0.0.2:${port}`);
      const inHand = runner.gossip({});
      while (received.length === 0) await sleep(5);
      const queued = runner.gossip({}).catch(ConnectError.from);
      await runner.currentValue({});
      await runner.stopApplication({});
      const late = runner.gossip({}).catch(ConnectError.from);
      await inHand;
      for (const refused of [await queued, await late]) {
        assert.instance(refused, ConnectError);
        assert.is((refused as ConnectError).code, Code.Unavailable);
      }
      const { code } = await ended;
      assert.is(code, 0);
      assert.equal(received.map(String), ['127.0.0.2:50']);
    },
  ),
);

testInTime('process: bad input ends it with 2 and a sentence', async () => {
  const taken = createServer();
  const port = String(await listenOn(taken, { host: '127.0.0.1', port: 0 }, ''));
  const inUse = ['--host', '127.0.0.1', '--port', '0', '--peer-port', '0'];
  const cases: [Record<string, string>, string[], RegExp][] = [
    [{ ...NODE, NODE_VALUE: 'x' }, HERE, /^gossip: NODE_VALUE is "x"/],
    [NODE, [...inUse, '--port', port], /^gossip: cannot listen on 127.0.0.1, port \d+: .*--port/],
    [NODE, [...inUse, '--peer-port', port], /^gossip: cannot listen .*--peer-port/],
    [
      { ...NODE, HOSTNAME: 'no-such-name.invalid', NODE_INDEX: '1' },
      ['--port', '0', '--peer-port', '0'],
      /^gossip: HOSTNAME no-such-name.invalid does not resolve/,
    ],
    [NODE, [...HERE, '--allow-origin', 'localhost'], /--allow-origin .* It must be an origin/],
    [NODE, ['--port', '65536'], /--port .* It must be an integer from 0 to 65535/],
  ];
  const results = await Promise.all(
    cases.map(([variables, flags]) => startNode(variables, ...flags).ended),
  );
  cases.forEach(([, flags, said], index) => {
    assert.is(results[index].code, 2, `${flags.join(' ')}: ${results[index].said}`);
    assert.match(results[index].said, said);
    assert.not.match(results[index].said, /^ +at /m);
  });
  taken.close();
});

test.run();
