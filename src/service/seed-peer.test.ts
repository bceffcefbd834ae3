import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, ConnectError } from '@connectrpc/connect';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listenOn } from './listen.ts';
import { freePort, runnerOf, sendRaw, testInTime, withNode, withPeer } from './node.fixture.ts';
import { encodeSeedMessage, parseSeedMessage } from './seed-message.ts';
import { exchangeWith } from './seed-peer.ts';

test('seed message: the bytes of the published system', () => {
  const bytes = Buffer.from('70726f62652d67302d6e353a3530', 'hex');
  assert.equal(encodeSeedMessage({ name: 'probe-g0-n5', value: 50 }), bytes);
  assert.equal(parseSeedMessage(bytes), { name: 'probe-g0-n5', value: 50 });
  assert.equal(encodeSeedMessage({ name: 'a', value: -7 }).toString(), 'a:-7');
});

test('seed message: what is written is read again', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !name.includes(':')),
      fc.integer(),
      fc.constantFrom('', ' ', '\n', '\r\n', '\t '),
      (name, value, blanks) => {
        const text = encodeSeedMessage({ name, value }).toString();
        const [, digits] = text.split(':');
        const padded = Buffer.from(`${name}:${blanks}${digits}${blanks}`);
        assert.equal(parseSeedMessage(padded), { name, value });
      },
    ),
    { seed: 1 },
  );
});

const NO_MESSAGES = [
  ...['', 'a', ':', 'a:', ':5', 'a:b', 'a:5:6', 'a::5', 'a:5x', 'a:1.5', 'a:0x5', 'a:1 2', 'a:--1'],
  ...[
    'a:2147483648',
    'a:-2147483649',
    `a:${'9'.repeat(400)}`,
    `${'a'.repeat(1023)}:5`,
    'GET / HTTP/1.1\r\n',
  ],
];

test('seed message: what is none is refused, and so are random bytes', () => {
  for (const text of NO_MESSAGES) assert.is(parseSeedMessage(Buffer.from(text)), null, text);
  assert.is(parseSeedMessage(Uint8Array.of(0xff, 0x3a, 0x35)), null, 'not UTF-8');
  assert.is.not(parseSeedMessage(Buffer.from(`${'a'.repeat(1022)}:5`)), null, '1024 bytes');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1100 }), (bytes) => {
      const message = parseSeedMessage(bytes);
      if (message !== null) assert.ok(Number.isInteger(message.value) && message.name.length > 0);
    }),
    { seed: 1 },
  );
});

testInTime('partner: answers name:value with its new value and closes', () =>
  withNode({}, {}, async ({ peerPort, host }) => {
    assert.is(await sendRaw(peerPort, 'sim-g0-n2:60'), 'sim-g0-n5:50');
    assert.is(await sendRaw(peerPort, 'sim-g0-n2:7'), 'sim-g0-n5:7');
    assert.is(await sendRaw(peerPort, 'sim-g0-n7:-12'), 'sim-g0-n5:-12');
    assert.is(await sendRaw(peerPort, 'sim-g0-n7:0'), 'sim-g0-n5:-12');
    assert.equal(host.node.history(), [50, 50, 7, -12, -12], 'a participation each');
  }),
);

testInTime('partner: blanks and line ends around the value do not matter', () =>
  withNode({}, {}, async ({ peerPort }) => {
    assert.is(await sendRaw(peerPort, 'sim-g0-n2: 9\n'), 'sim-g0-n5:9');
    assert.is(await sendRaw(peerPort, 'sim-g0-n2:8\r\n'), 'sim-g0-n5:8');
  }),
);

testInTime(
  'partner: also of nodes that are not in NEIGHBORS, with and without memory',
  async () => {
    for (const ALGORITHM of ['default', 'default_memory', 'default_complex_memory']) {
      await withNode({ ALGORITHM, PRIOR_PARTNER_FACTOR: '0.5' }, {}, async (node, _, lines) => {
        assert.is(await sendRaw(node.peerPort, 'stranger:9'), 'sim-g0-n5:9');
        assert.match(lines.at(-1)?.message ?? '', 'not in NEIGHBORS');
        assert.equal(lines.at(-1)?.fields, { partner: 'stranger' });
      });
    }
  },
);

testInTime('partner: what breaks the original does no harm, and changes nothing', () =>
  withNode({}, {}, async ({ peerPort, host }) => {
    for (const text of NO_MESSAGES) {
      if (text !== '') assert.is(await sendRaw(peerPort, text), '', text);
    }
    assert.is(await sendRaw(peerPort, 'sim-g0', '-n2:3'), '', 'in two pieces');
    assert.is(await sendRaw(peerPort, 'x'.repeat(1_000_000)), '');
    await new Promise<void>((resolve) => {
      const empty = connect(peerPort, '127.0.0.1', () => empty.end());
      empty.on('close', () => resolve());
    });
    const reset = connect(peerPort, '127.0.0.1', () => reset.resetAndDestroy());
    assert.equal(host.node.history(), [50]);
    assert.is(await sendRaw(peerPort, 'sim-g0-n2:40'), 'sim-g0-n5:40');
  }),
);

testInTime('partner: thousands that say nothing do not keep out those who speak', () =>
  withNode({}, {}, async ({ peerPort, port }) => {
    const sockets = await Promise.all(
      Array.from({ length: 600 }, (_, index) => {
        const socket = connect(index % 2 === 0 ? peerPort : port, '127.0.0.1');
        socket.on('error', () => {});
        return new Promise<typeof socket>((done) => socket.on('connect', () => done(socket)));
      }),
    );
    assert.is(await sendRaw(peerPort, 'sim-g0-n2:40'), 'sim-g0-n5:40');
    assert.is((await runnerOf(`http://127.0.0.1:${port}`).currentValue({})).value, 40);
    for (const socket of sockets) socket.destroy();
  }),
);

testInTime('initiator: one connection, one write of name:value, then takes the lesser value', () =>
  withPeer(
    () => 'sim-g0-n2:20',
    async (address, received) => {
      const asked: string[] = [];
      const addressOf = (name: string) => {
        asked.push(name);
        return address;
      };
      await withNode({}, { addressOf }, async ({ host }, url) => {
        await runnerOf(url).gossip({});
        assert.is(host.node.value(), 20);
        await runnerOf(url).gossip({});
        assert.equal(received.map(String), ['sim-g0-n5:50', 'sim-g0-n5:20']);
        assert.equal(host.node.history(), [50, 20, 20]);
        assert.ok(asked.every((name) => ['sim-g0-n2', 'sim-g0-n7'].includes(name)));
      });
    },
  ),
);

testInTime('initiator: an answer above its value, or with blanks, is a participation too', () =>
  withPeer(
    () => 'sim-g0-n2: 70 \n',
    (address) =>
      withNode({}, { addressOf: () => address }, async ({ host }, url) => {
        await runnerOf(url).gossip({});
        assert.equal(host.node.history(), [50, 50]);
      }),
  ),
);

testInTime('initiator: the call is answered only after the exchange', () =>
  withPeer(
    async () => {
      await sleep(150);
      return 'sim-g0-n2:20';
    },
    (address) =>
      withNode({}, { addressOf: () => address }, async ({ host }, url) => {
        const call = runnerOf(url).gossip({});
        assert.is((await runnerOf(url).currentValue({})).value, 50);
        await call;
        assert.is(host.node.value(), 20);
      }),
  ),
);

testInTime(
  'initiator: a neighbor that is unreachable is logged, answered OK, and changes nothing',
  async () => {
    const nobody = { host: '127.0.0.1', port: await freePort() };
    const unknown = { host: 'no-such-name.invalid', port: 90 };
    for (const address of [nobody, unknown]) {
      await withNode({}, { addressOf: () => address }, async ({ host }, url, lines) => {
        await runnerOf(url).gossip({});
        assert.equal(host.node.history(), [50]);
        assert.is(lines.at(-1)?.message, 'a neighbor is unreachable');
        assert.match(String(lines.at(-1)?.fields.partner), /^sim-g0-n[27]$/);
      });
    }
  },
);

testInTime(
  'initiator: a neighbor that resets the connection has not read, so nothing has happened',
  async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.resetAndDestroy();
    });
    const port = await listenOn(server, { host: '127.0.0.1', port: 0 }, '');
    const addressOf = () => ({ host: '127.0.0.1', port });
    await withNode({}, { addressOf }, async ({ host }, url, lines) => {
      await runnerOf(url).gossip({});
      assert.equal(host.node.history(), [50]);
      assert.is(lines.at(-1)?.message, 'a neighbor is unreachable');
    });
    server.close();
  },
);

testInTime(
  'initiator: without a valid answer the call fails, since the neighbor may have taken part',
  async () => {
    for (const answer of ['', 'sim-g0-n2', 'sim-g0-n2:x', null]) {
      await withPeer(
        () => answer,
        (address) =>
          withNode({}, { addressOf: () => address }, async ({ host }, url) => {
            const error = await runnerOf(url).gossip({}).catch(ConnectError.from);
            assert.instance(error, ConnectError, String(answer));
            assert.is((error as ConnectError).code, Code.Aborted);
            assert.match(
              (error as ConnectError).rawMessage,
              /sim-g0-n5 with sim-g0-n[27] was lost/,
            );
            assert.equal(host.node.history(), [50]);
          }),
      );
    }
  },
);

testInTime('initiator: silence ends at the deadline', () =>
  withPeer(
    () => new Promise(() => {}),
    async (address) => {
      const message = () => ({ name: 'a', value: 1 });
      const reply = await exchangeWith(address, message, 100);
      assert.equal(reply, { kind: 'lost', reason: 'no answer in 100 ms' });
    },
  ),
);

testInTime('initiator: exchanges of one node wait for each other', async () => {
  let open = 0;
  let most = 0;
  await withPeer(
    async () => {
      most = Math.max(most, ++open);
      await sleep(30);
      open--;
      return 'sim-g0-n2:20';
    },
    (address) =>
      withNode({}, { addressOf: () => address }, async ({ host }, url) => {
        const runner = runnerOf(url);
        await Promise.all([runner.gossip({}), runner.gossip({}), runner.gossip({})]);
        assert.is(most, 1);
        assert.is(host.node.history().length, 4);
      }),
  );
});

testInTime('two nodes that initiate to each other at once both answer', async () => {
  const ports = new Map<string, number>();
  const addressOf = (name: string) => ({ host: '127.0.0.1', port: ports.get(name) ?? 0 });
  const a = { HOSTNAME: 'a-n0', NEIGHBORS: 'b-n1', NODE_VALUE: '1' };
  const b = { HOSTNAME: 'b-n1', NEIGHBORS: 'a-n0', NODE_VALUE: '2' };
  await withNode(a, { addressOf }, (first, firstUrl) =>
    withNode(b, { addressOf }, async (second, secondUrl) => {
      ports.set('a-n0', first.peerPort).set('b-n1', second.peerPort);
      for (let turn = 1; turn <= 20; turn++) {
        await Promise.all([runnerOf(firstUrl).gossip({}), runnerOf(secondUrl).gossip({})]);
        assert.is(first.host.node.history().length, 1 + 2 * turn);
        assert.is(second.host.node.history().length, 1 + 2 * turn);
      }
      assert.is(second.host.node.value(), 1);
    }),
  );
});

test.run();
