import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { formatAddress, parseAddress } from './address.ts';
import { readFrame } from './frame.ts';
import { createFrameDecoder } from './framing.ts';

/** For tests: a raw connection to a host, by whoever. */
export interface Stranger {
  readonly socket: Socket;
  /** Resolves with all the bytes that came once the connection is closed. */
  readonly closed: Promise<Buffer>;
}

/** For tests: connects to a host and says nothing. */
export async function callAsStranger(address: string): Promise<Stranger> {
  const socket = connect(parseAddress(address));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise<Buffer>((resolve) =>
    socket.once('close', () => resolve(Buffer.concat(chunks))),
  );
  await once(socket, 'connect');
  return { socket, closed };
}

/** For tests: a server that is no host of ours, and its address. */
export async function listenAsStranger(
  onSocket: (socket: Socket) => void,
): Promise<{ address: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: formatAddress({ host: '127.0.0.1', port }),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** For tests: frames as bytes. */
export function bytesOf(write: (frames: BinaryWriter) => void): Uint8Array {
  const frames = new BinaryWriter();
  write(frames);
  return frames.finish();
}

/** For tests: what a host answered, in short: values, and reasons of refusals by number, each with its id. */
export function answersIn(bytes: Uint8Array): string[] {
  const answers: string[] = [];
  createFrameDecoder((frame) => {
    const { id, body } = readFrame(frame);
    if (body.case === 'reply') answers.push(`${id}: ${body.value.value}`);
    else if (body.case === 'refusal') answers.push(`${id}: refusal ${body.value.reason}`);
    else answers.push(`${id}: ${body.case}`);
  }).push(bytes);
  return answers;
}
