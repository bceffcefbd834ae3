import http from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { connectNodeAdapter } from '@connectrpc/connect-node';
import { type Listening, listenOn } from './listen.ts';
import { silentConnections } from './silent-connections.ts';

/** Answers a request of HTTP/1.1 or HTTP/2. */
export type Handler = ReturnType<typeof connectNodeAdapter>;

/** A server that speaks HTTP/1.1 and HTTP/2 without TLS on one port. */
export interface OnePort {
  readonly port: number;
  /** Lets the requests in hand be answered, for at most so many milliseconds, and closes all connections. */
  close(deadline: number): Promise<void>;
}

/** A connection must say within this time, in milliseconds, what it speaks. */
const SILENCE = 10_000;
/** So long after its last answer, in milliseconds, a session is closed: clients on Deno can lose one that a goodbye follows. */
const GOODBYE = 100;
/** So long a connection says nothing, in milliseconds, before it is asked whether its other end is still there. */
const KEEP_ALIVE = 60_000;
/** Calls at a time on one connection. */
const MOST_STREAMS = 256;

/**
 * Serves HTTP/1.1 and HTTP/2 on one port, on Node and on Deno: an HTTP/1.1 server listens and looks at the first bytes
 * of each connection. HTTP/2's begin with "PRI"; such a connection goes to an HTTP/2 server, the others stay.
 *
 * @param load gives what answers, when the first connection speaks: until then an open port costs little
 * @param setting how people choose the port, for messages
 * @throws GossipError `input` where the address cannot be listened on
 */
export async function serveOnePort(
  load: () => Promise<Handler>,
  address: Listening,
  setting: string,
): Promise<OnePort> {
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  const answers = new Set<Promise<void>>();

  const first = http.createServer();
  const serveFirst = first.listeners('connection') as ((socket: Socket) => void)[];

  /** How a connection that has spoken is served from now on. */
  async function open(): Promise<(socket: Socket, head: Buffer) => void> {
    const [handler, http2] = await Promise.all([load(), import('node:http2')]);
    const counted: Handler = (request, response) => {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      answers.add(closed);
      response.on('close', () => {
        answers.delete(closed);
        resolve();
        // What is written to a connection that has just gone is dropped, and nobody told: who waits to write on would for good.
        response.emit('drain');
      });
      // Who is answered early goes on sending, and reads nothing before that is over: Deno would not listen to it.
      if (request.httpVersionMajor === 1) response.on('finish', () => request.resume());
      handler(request, response);
    };
    first.on('request', counted);
    const settings = { maxConcurrentStreams: MOST_STREAMS };
    const second = http2.createServer({ settings }, counted);
    second.on('session', (session) => {
      sessions.add(session);
      session.on('close', () => sessions.delete(session));
      session.on('error', () => session.destroy());
    });
    return (socket, head) => {
      if (socket.destroyed) return;
      socket.unshift(head);
      if (head.toString('latin1', 0, 3) === 'PRI') {
        // HTTP/1.1 may be answered after the last question. Here it says that whoever asked is gone, with all streams.
        socket.allowHalfOpen = false;
        second.emit('connection', socket);
      } else for (const serve of serveFirst) serve.call(first, socket);
    };
  }

  let opened: ReturnType<typeof open> | null = null;
  // That it cannot be loaded is no matter of this connection: it ends the process.
  const silent = silentConnections(SILENCE, async (socket, head) => {
    opened ??= open();
    (await opened)(socket, head);
  });
  first.removeAllListeners('connection');
  first.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.setKeepAlive(true, KEEP_ALIVE);
    socket.on('close', () => sockets.delete(socket));
    silent.add(socket);
  });
  const port = await listenOn(first, address, setting);

  return {
    port,
    async close(deadline) {
      const late = new Promise((resolve) => {
        setTimeout(resolve, deadline).unref();
      });
      const closed = new Promise((resolve) => first.close(resolve));
      silent.close();
      await Promise.race([Promise.all(answers), late]);
      if (sessions.size > 0) await Promise.race([sleep(GOODBYE), late]);
      for (const session of sessions) session.close();
      first.closeIdleConnections();
      await Promise.race([closed, late]);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
