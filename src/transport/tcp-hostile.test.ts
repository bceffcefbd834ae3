import { once } from 'node:events';
import { create as createMessage, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PeerFrameSchema } from '../gen/gossip/v1/peer_pb.ts';
import { writeHello, writeReply, writeRequest } from './frame.ts';
import { ending, request } from './request.fixture.ts';
import { answersIn, bytesOf, callAsStranger, listenAsStranger } from './stranger.fixture.ts';
import { type CreateTcp, tcpTest } from './tcp.fixture.ts';
import type { TcpSettings } from './tcp.ts';
import type { Handler } from './transport.ts';
import { within } from './within.fixture.ts';

const HELLO = bytesOf((frames) => writeHello(frames, ''));

function requests(count: number, first = 1): Uint8Array {
  return bytesOf((frames) => {
    for (let id = first; id < first + count; id++) {
      writeRequest(frames, id, request({ initiator: id, value: id }));
    }
  });
}

/** Tests a host that answers with the value it is sent, and that it still does so afterwards, on an old connection. */
function hostTest(
  title: string,
  body: (address: string, create: CreateTcp) => Promise<void>,
  settings: TcpSettings = {},
  handler: Handler = ({ value }) => ({ value }),
): void {
  tcpTest(title, async (create) => {
    const host = create(settings);
    const peer = create({ token: settings.token });
    const address = await host.listen(handler);
    assert.is(await ending(peer, address, { value: 1 }), 1);
    await body(address, create);
    assert.is(await ending(peer, address, { value: 2, round: 2 }), 2);
    assert.is(peer.traffic.connections, 1, 'the peer kept its connection');
  });
}

hostTest('garbage closes its own connection only', async (address) => {
  const pieces = fc.sample(fc.uint8Array({ minLength: 20, maxLength: 2000 }), {
    seed: 1,
    numRuns: 60,
  });
  pieces.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from('probe-g0-n5:50'));
  pieces.push(Uint8Array.of(0), Uint8Array.of(1, 0));
  for (const piece of pieces) {
    for (const before of [new Uint8Array(), HELLO]) {
      const { socket, closed } = await callAsStranger(address);
      // A frame that no rest can complete, in case the piece is the beginning of one.
      socket.write(Buffer.concat([before, piece, new Uint8Array(20_000).fill(0xff)]));
      assert.is((await closed).length, 0);
    }
  }
});

hostTest('what is no request in its place closes the connection', async (address) => {
  const noId = bytesOf((frames) => writeRequest(frames, 0, request()));
  const reply = bytesOf((frames) => writeReply(frames, 1, 1));
  const empty = Uint8Array.of(0);
  const first = [requests(1), reply, empty];
  const later = [HELLO, noId, reply, empty].map((bytes) => Buffer.concat([HELLO, bytes]));
  for (const bytes of [...first, ...later]) {
    const { socket, closed } = await callAsStranger(address);
    socket.write(bytes);
    assert.is((await closed).length, 0);
  }
});

hostTest('4 GiB announced close the connection at once', async (address) => {
  for (const before of [new Uint8Array(), HELLO]) {
    const { socket, closed } = await callAsStranger(address);
    socket.write(Buffer.concat([before, new BinaryWriter().uint32(2 ** 32 - 1).finish()]));
    assert.is((await closed).length, 0);
  }
});

hostTest(
  'silence and half a hello are closed after a while',
  async (address) => {
    const silent = await callAsStranger(address);
    const half = await callAsStranger(address);
    half.socket.write(HELLO.subarray(0, 2));
    const drip = await callAsStranger(address);
    const timer = setInterval(() => drip.socket.write(Uint8Array.of(0x80)), 50);
    try {
      await Promise.all([silent.closed, half.closed, drip.closed]);
    } finally {
      clearInterval(timer);
    }
  },
  { limits: { handshake: 150 } },
);

hostTest('half a request and silence holds up nobody else', async (address) => {
  const { socket, closed } = await callAsStranger(address);
  const bytes = requests(2);
  socket.write(Buffer.concat([HELLO, bytes.subarray(0, bytes.length - 3)]));
  const [answer] = await once(socket, 'data');
  assert.equal(answersIn(answer), ['1: 1']);
  socket.write(bytes.subarray(bytes.length - 3));
  assert.equal(answersIn((await once(socket, 'data'))[0]), ['2: 2']);
  socket.end();
  await closed;
});

hostTest(
  'of connections that say nothing the oldest are closed',
  async (address, create) => {
    const strangers = [];
    for (let i = 0; i < 400; i++) strangers.push(await callAsStranger(address));
    let open = 400;
    for (const { closed } of strangers) closed.then(() => open--);
    await Promise.all(strangers.slice(0, 350).map(({ closed }) => closed));
    const newcomer = create();
    assert.is(await ending(newcomer, address, { value: 3 }), 3);
    assert.ok(open >= 49 && open <= 50, `${open} are open`);
    for (const { socket } of strangers) socket.destroy();
  },
  { limits: { silent: 50, handshake: 60_000 } },
);

hostTest(
  'connections over the limit are refused as overloaded',
  async (address, create) => {
    const second = create();
    const third = create();
    assert.is(await ending(second, address, { value: 3 }), 3);
    assert.is(await ending(third, address, { value: 4 }), 'refused overloaded');
    await second.close();
    let end: number | string = '';
    for (let i = 0; i < 100 && end !== 5; i++) end = await ending(third, address, { value: 5 });
    assert.is(end, 5);
  },
  { limits: { connections: 2 } },
);

hostTest('another version of the protocol is refused', async (address) => {
  const { socket, closed } = await callAsStranger(address);
  const hello = createMessage(PeerFrameSchema, { body: { case: 'hello', value: { version: 2 } } });
  socket.write(bytesOf((frames) => frames.bytes(toBinary(PeerFrameSchema, hello))));
  assert.equal(answersIn(await closed), ['0: refusal 2']);
});

hostTest(
  'a stranger without the token injects no value',
  async (address, create) => {
    const tokens = ['', 'wrong', 'secre', 'secret2', 'Secret'];
    for (const token of tokens) {
      const stranger = create({ token });
      assert.is(await ending(stranger, address, { value: -1 }), 'refused wrong-token!');
      const { socket, closed } = await callAsStranger(address);
      const hello = bytesOf((frames) => writeHello(frames, token));
      socket.write(Buffer.concat([hello, requests(50)]));
      assert.equal(answersIn(await closed), ['0: refusal 1']);
    }
    const { socket, closed } = await callAsStranger(address);
    socket.write(requests(50));
    assert.equal(answersIn(await closed), []);
  },
  { token: 'secret' },
  ({ value }) => {
    assert.ok(value > 0, 'a stranger has injected a value');
    return { value };
  },
);

tcpTest('with another token, connections made with the former one are dropped', async (create) => {
  const host = create();
  const address = await host.listen(({ value }) => ({ value }));
  const peer = create();
  assert.is(await ending(peer, address, { value: 1 }), 1);
  const { socket, closed } = await callAsStranger(address);
  socket.write(HELLO);
  host.useToken('secret');
  assert.is((await within('the stranger is closed', closed)).length, 0);
  let end = await ending(peer, address, { value: 2 });
  if (end === 'closed') end = await ending(peer, address, { value: 2 });
  assert.is(end, 'refused wrong-token!');
  peer.useToken('secret');
  assert.is(await ending(peer, address, { value: 3 }), 3);
});

/** Waits until a count stays as it is for a while. */
async function settled(count: () => number): Promise<void> {
  let before = -1;
  while (before !== count()) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Waits until something is so; the test's own limit ends it where that never comes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

tcpTest('who does not read his answers is not read', async (create) => {
  let applied = 0;
  const host = create();
  const address = await host.listen(({ value }) => {
    applied++;
    return { value };
  });
  const { socket, closed } = await callAsStranger(address);
  socket.pause();
  socket.write(HELLO);
  const batch = requests(2000);
  const most = 2000;
  let sent = 0;
  // Until nobody takes more: the answers fill the buffers of both sockets, then the requests do.
  while (sent < most && applied === sent * 2000) {
    for (let i = 0; i < 100; i++) socket.write(batch);
    sent += 100;
    await settled(() => applied);
  }
  assert.ok(applied < sent * 2000, `${applied} of ${sent * 2000} were read`);
  const stopped = applied;
  socket.resume();
  await until(() => applied === sent * 2000);
  assert.ok(applied > stopped);
  socket.destroy();
  await closed;
});

tcpTest('who asks more than a host has in hand is not read until it has less', async (create) => {
  const answers: (() => void)[] = [];
  const host = create({ limits: { inHand: 100 } });
  const address = await host.listen(
    ({ value }) => new Promise((resolve) => void answers.push(() => resolve({ value }))),
  );
  const initiator = create();
  const count = 20_000;
  let ended = 0;
  for (let i = 1; i <= count; i++) {
    initiator.send(address, request({ initiator: i, value: i }), () => ended++);
  }
  await until(() => answers.length > 100);
  await settled(() => answers.length);
  assert.ok(answers.length < 10_000, `${answers.length} are in hand`);
  const timer = setInterval(() => {
    for (const answer of answers.splice(0)) answer();
  }, 1);
  await until(() => ended === count);
  clearInterval(timer);
});

/** How an exchange with such a server ends. */
async function endingAt(create: CreateTcp, onSocket: Parameters<typeof listenAsStranger>[0]) {
  const server = await listenAsStranger(onSocket);
  try {
    return await ending(create(), server.address);
  } finally {
    server.close();
  }
}

tcpTest('a peer that answers garbage is found out, once and for all', async (create) => {
  const garbage = [
    Buffer.from('HTTP/1.1 400 Bad Request\r\n'.repeat(10)),
    new BinaryWriter().uint32(2 ** 32 - 1).finish(),
    Uint8Array.of(0),
    HELLO,
    requests(1),
    Uint8Array.of(3, 0xff, 0xff, 0xff),
  ];
  for (const bytes of garbage)
    assert.is(await endingAt(create, (socket) => socket.write(bytes)), 'garbage!');
});

tcpTest('a peer that closes at once or when asked may be tried again', async (create) => {
  assert.is(await endingAt(create, (socket) => socket.end()), 'closed');
  assert.is(await endingAt(create, (socket) => socket.destroy()), 'closed');
  assert.is(await endingAt(create, (socket) => socket.once('data', () => socket.end())), 'closed');
});

tcpTest('an answer to what was not asked is passed over', async (create) => {
  const end = await endingAt(create, (socket) => {
    socket.once('data', () => {
      socket.write(bytesOf((frames) => writeReply(frames, 77, 7)));
      socket.write(bytesOf((frames) => writeReply(frames, 1, 8)));
      socket.write(bytesOf((frames) => writeReply(frames, 1, 9)));
    });
  });
  assert.is(end, 8);
});

tcpTest('a connection on which nothing comes for long is given up for another', async (create) => {
  let calls = 0;
  const server = await listenAsStranger((socket) => {
    if (++calls === 1) socket.resume();
    else socket.once('data', () => socket.write(bytesOf((frames) => writeReply(frames, 1, 8))));
  });
  const initiator = create({ deadline: 100 });
  assert.is(await ending(initiator, server.address), 'timeout');
  assert.is(await ending(initiator, server.address), 8);
  assert.is(calls, 2);
  server.close();
});

test.run();
