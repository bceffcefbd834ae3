import { connect, createServer, type Socket } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listenOn, resolveHost } from './listen.ts';
import { atMostOneASecond } from './log.ts';
import { testInTime } from './node.fixture.ts';
import { silentConnections } from './silent-connections.ts';

async function refusal(host: string | undefined, port: number, server = createServer()) {
  try {
    await listenOn(server, { host, port }, '--port');
  } catch (error) {
    return (error as Error).message;
  }
  server.close();
  return 'listens';
}

testInTime('listen: a port in use', async () => {
  const server = createServer();
  const port = await listenOn(server, { host: '127.0.0.1', port: 0 }, '--port');
  assert.match(
    await refusal('127.0.0.1', port),
    /^cannot listen on 127\.0\.0\.1, port \d+: another process does; .* \(--port\)$/,
  );
  server.close();
});

testInTime('listen: an address of another machine', async () => {
  assert.match(await refusal('192.0.2.1', 0), /does not have the address; .* \(--host\)$/);
});

testInTime('listen: a bind refused for want of privilege says so', async () => {
  const server = createServer();
  server.listen = (() => {
    const error = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
    queueMicrotask(() => server.emit('error', error));
    return server;
  }) as typeof server.listen;
  assert.match(await refusal(undefined, 90, server), /^cannot listen on port 90: .* privilege/);
});

testInTime('listen: names', async () => {
  assert.is(await resolveHost('127.0.0.1', 'HOSTNAME'), '127.0.0.1');
  const message = await resolveHost('no-such-name.invalid', 'HOSTNAME').catch(
    (error) => error.message,
  );
  assert.match(message, /^HOSTNAME no-such-name\.invalid does not resolve to an address/);
});

/** Opens connections one after the other; each says its text, or nothing. */
async function connections(port: number, texts: readonly string[]) {
  const sockets: { socket: Socket; closed: Promise<void> }[] = [];
  for (const text of texts) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
    if (text !== '') socket.write(text);
    sockets.push({ socket, closed });
  }
  return sockets;
}

testInTime(
  'silent connections: those who speak are heard, the oldest of too many and the late are closed',
  async () => {
    const heard: string[] = [];
    const spoken: Socket[] = [];
    const silent = silentConnections(
      200,
      (socket, head) => {
        heard.push(head.toString());
        spoken.push(socket);
      },
      3,
    );
    const server = createServer((socket) => silent.add(socket));
    const port = await listenOn(server, { host: '127.0.0.1', port: 0 }, '');
    const all = await connections(port, ['hello', '', '', '', '']);
    await all[1].closed;
    assert.is(all[4].socket.closed, false, 'the newest stays');
    await Promise.all(all.slice(2).map(({ closed }) => closed));
    assert.equal(heard, ['hello']);
    assert.is(all[0].socket.closed, false, 'a deadline for silence alone');
    const [last] = await connections(port, ['']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    silent.close();
    await last.closed;
    for (const socket of spoken) socket.destroy();
    server.close();
  },
);

test('a log of what strangers cause says one line a second', () => {
  const lines: unknown[] = [];
  const log = atMostOneASecond((message, fields) => lines.push([message, fields]));
  for (let line = 0; line < 100; line++) log('noise', { line });
  assert.equal(lines, [['noise', { line: 0 }]]);
});

test.run();
