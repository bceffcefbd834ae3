import type { Socket } from 'node:net';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { createFrameDecoder } from './framing.ts';
import type { Traffic } from './transport.ts';
import { TransportError } from './transport-error.ts';

/** How long a connection that was said goodbye to may stay open, in milliseconds. */
const FAREWELL = 1000;

/** One end of a stream of frames over a socket, of which there may be none yet. */
export interface Connection {
  /** Frames are appended here; `flush` has to be called then. */
  readonly frames: BinaryWriter;
  /** Writes what was appended, at the end of this turn of the event loop: many frames in one write. */
  flush(): void;
  /** Gives the connection its socket, opened or opening. */
  attach(socket: Socket): void;
  /** Stops reading (true) or goes on; for those whom reading gives work to write. */
  pause(paused: boolean): void;
  /** Writes what was appended and closes, once the other side has or soon after. What still arrives is not read. */
  end(): void;
  /** Closes at once; `onClosed` gets the error. */
  fail(error: TransportError): void;
}

/** What the owner of a connection has to say. */
export interface ConnectionEvents {
  /** A frame arrived; it may not be kept. What this throws closes the connection. */
  onFrame(frame: Uint8Array): void;
  /** The connection is gone, however it came; called once, not before the call that caused it has returned. */
  onClosed(error: TransportError): void;
  /** More is waiting to be written than the system takes (true), or no longer. */
  onFull?(full: boolean): void;
}

/** A connection without a socket. */
export function createConnection(traffic: Traffic, events: ConnectionEvents): Connection {
  const frames = new BinaryWriter();
  let socket: Socket | null = null;
  let flushing = false;
  let ending = false;
  let error: TransportError | null = null;

  const decoder = createFrameDecoder((frame) => {
    if (!ending && error === null) events.onFrame(frame);
  });

  function read(chunk: Uint8Array): void {
    traffic.receivedBytes += chunk.length;
    if (ending || error !== null) return;
    try {
      decoder.push(chunk);
    } catch (thrown) {
      fail(
        thrown instanceof TransportError
          ? thrown
          : new TransportError('closed', String(thrown), true),
      );
    }
  }

  function write(): void {
    flushing = false;
    if (socket === null || ending || error !== null) return;
    const bytes = frames.finish();
    if (bytes.length === 0) return;
    traffic.sentBytes += bytes.length;
    if (!socket.write(bytes)) events.onFull?.(true);
  }

  function fail(reason: TransportError): void {
    if (error !== null) return;
    error = reason;
    if (socket === null) process.nextTick(events.onClosed, error);
    else socket.destroy();
  }

  return {
    frames,
    flush() {
      if (flushing || ending) return;
      flushing = true;
      setImmediate(write);
    },
    attach(attached) {
      if (error !== null) {
        attached.destroy();
        return;
      }
      socket = attached;
      let opened = !attached.connecting;
      let problem: Error | null = null;
      attached.setNoDelay(true);
      attached.setKeepAlive(true, 10_000);
      attached.on('connect', () => {
        opened = true;
      });
      attached.on('data', read);
      attached.on('drain', () => events.onFull?.(false));
      attached.on('error', (thrown) => {
        problem = thrown;
      });
      attached.on('close', () => {
        error ??= new TransportError(
          opened ? 'closed' : 'unreachable',
          problem?.message ?? 'the connection was closed',
          true,
        );
        events.onClosed(error);
      });
      write();
    },
    pause(paused) {
      if (paused) socket?.pause();
      else socket?.resume();
    },
    end() {
      if (ending || error !== null) return;
      write();
      ending = true;
      socket?.end();
      socket?.resume(); // a socket that is not read never learns that the other side closed
      const timer = setTimeout(() => socket?.destroy(), FAREWELL);
      timer.unref();
      socket?.once('close', () => clearTimeout(timer));
    },
    fail,
  };
}
