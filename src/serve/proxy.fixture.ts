import { connect, createServer, type Socket } from 'node:net';
import { parseAddress } from '../transport/address.ts';

/** For tests: an address that leads to another, and counts the connections through it. */
export async function countingProxy(first: string) {
  let to = first;
  const sockets = new Set<Socket>();
  let opened = 0;
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    opened++;
    sockets.add(socket);
    const on = connect(parseAddress(to));
    const end = () => {
      sockets.delete(socket);
      socket.destroy();
      on.destroy();
    };
    for (const side of [socket, on]) side.on('error', end).on('close', end);
    socket.pipe(on).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `127.0.0.1:${port}`,
    /** Connections there have been, and are. */
    opened: () => opened,
    open: () => sockets.size,
    /** Closes all connections, and takes none until `mend`. */
    cut,
    /** From now on it leads there, where an address is given. */
    mend(address = to) {
      to = address;
      isCut = false;
    },
    close() {
      cut();
      server.close();
    },
  };
}
