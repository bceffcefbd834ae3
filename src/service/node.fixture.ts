import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { test } from 'uvu';
import { Gossip } from '../gen/gossip/gossip_pb.ts';
import { within } from '../transport/within.fixture.ts';
import { readNodeEnvironment } from './environment.ts';
import { type ServedNode, type ServeOptions, serveNode } from './serve-node.ts';

/** For tests: an environment as the seed's operator sets it. */
export const NODE: Readonly<Record<string, string>> = {
  HOSTNAME: 'sim-g0-n5',
  NEIGHBORS: 'sim-g0-n2,sim-g0-n7',
  ALGORITHM: 'default',
  REPETITIONS: '3',
  RANDOM_INITIALIZATION: 'False',
  NODE_VALUE: '50',
};

/** For tests: registers one that ends in any case, so that a hang has a name. */
export function testInTime(what: string, body: () => Promise<void>): void {
  test(what, () => within(what, body()));
}

/** For tests: what a node said beside its answers. */
export type Lines = { message: string; fields: Readonly<Record<string, unknown>> }[];

/** For tests: serves a node in this process, on free ports of 127.0.0.1, and stops it afterwards. */
export async function withNode(
  variables: Readonly<Record<string, string>>,
  options: Partial<ServeOptions>,
  use: (node: ServedNode, url: string, lines: Lines) => Promise<void>,
): Promise<void> {
  const lines: Lines = [];
  const node = await serveNode(readNodeEnvironment({ ...NODE, ...variables }), {
    port: 0,
    peerPort: 0,
    host: '127.0.0.1',
    log: (message, fields = {}) => lines.push({ message, fields }),
    ...options,
  });
  try {
    await use(node, `http://127.0.0.1:${node.port}`, lines);
  } finally {
    await node.stop();
  }
}

/** For tests: the seed's runner's side of a node. */
export function runnerOf(url: string) {
  return createClient(Gossip, createGrpcTransport({ baseUrl: url }));
}

/** For tests: sends these bytes as a peer does, one write each, and gives all that comes back until the close. */
export function sendRaw(port: number, ...writes: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, async () => {
      for (const text of writes) {
        socket.write(text);
        if (writes.length > 1) await new Promise((done) => setTimeout(done, 30));
      }
    });
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
  });
}

/** For tests: a neighbor that answers each connection by `answer`, which is given the bytes first read, and closes. */
export async function withPeer(
  answer: (bytes: Buffer) => Promise<string | null> | string | null,
  use: (address: { host: string; port: number }, received: Buffer[]) => Promise<void>,
): Promise<void> {
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', async (bytes) => {
      received.push(bytes);
      const text = await answer(bytes);
      if (text === null) socket.destroy();
      else socket.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await use({ host: '127.0.0.1', port }, received);
  } finally {
    server.close();
  }
}

/** For tests: a port of 127.0.0.1 where nobody listens. */
export async function freePort(): Promise<number> {
  let port = 0;
  await withPeer(
    () => null,
    async (address) => {
      port = address.port;
    },
  );
  return port;
}

/** For tests: `gossip node` in a process of its own, on the runtime that the tests run on. */
export function startNode(variables: Readonly<Record<string, string>>, ...flags: string[]) {
  const program = fileURLToPath(new URL('../../bin/gossip.js', import.meta.url));
  const runtime = 'Deno' in globalThis ? ['run', '-A'] : [];
  const { ALGORITHM, NEIGHBORS, HOSTNAME, ...others } = process.env;
  const child = spawn(process.execPath, [...runtime, program, 'node', ...flags], {
    env: { ...others, ...variables },
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  const listening = new Promise<{ port: number; peerPort: number }>((resolve) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const line = said.split('\n').find((line) => line.includes('"message":"listening"'));
      if (line !== undefined) resolve(JSON.parse(line));
    });
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, said })),
  );
  return { child, listening, ended };
}
