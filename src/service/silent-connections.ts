import type { Socket } from 'node:net';

/** Connections that have not said anything yet: not too many, and not for long. */
export interface SilentConnections {
  /** Closes the connection if it is still silent after the deadline, or is the oldest of too many. */
  add(socket: Socket): void;
  /** Closes all of them. */
  close(): void;
}

/** Whoever has something to say says it at once, so only those who never do are ever so many. */
const MOST = 256;

/**
 * Connections that wait for their first bytes. Those that say something in time are handed to `spoke`, with the bytes
 * that came first; the others are closed. So those who never say anything cannot keep out those who do.
 *
 * @param deadline in milliseconds
 * @param most how many may be silent at once
 */
export function silentConnections(
  deadline: number,
  spoke: (socket: Socket, head: Buffer) => void,
  most = MOST,
): SilentConnections {
  const waiting = new Map<Socket, NodeJS.Timeout>();

  /** Whether the connection was still silent. */
  function remove(socket: Socket): boolean {
    clearTimeout(waiting.get(socket));
    return waiting.delete(socket);
  }

  function drop(socket: Socket): void {
    if (remove(socket)) socket.destroy();
  }

  return {
    add(socket) {
      const look = () => {
        const head: Buffer | null = socket.read();
        if (head === null) return;
        socket.off('readable', look);
        if (remove(socket)) spoke(socket, head);
      };
      waiting.set(
        socket,
        setTimeout(() => drop(socket), deadline),
      );
      socket.on('readable', look);
      socket.on('error', () => drop(socket));
      socket.on('end', () => drop(socket));
      socket.on('close', () => remove(socket));
      if (waiting.size > most) drop(waiting.keys().next().value!);
    },
    close() {
      for (const socket of waiting.keys()) drop(socket);
    },
  };
}
