import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  port: number;
  /** From now on nothing comes through open connections, for good, nor through new ones: nobody is told. */
  swallow(): void;
  /** New connections come through again. */
  heal(): void;
  close(): Promise<void>;
}

/** A wire on loopback that can go dead without a word, as a cable does, or a firewall that forgets. */
export async function startTcpProxy(target: { port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let swallowing = false;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    track(near);
    if (swallowing) {
      near.resume();
      return;
    }
    const far = connect(target.port, '127.0.0.1');
    track(far);
    near.pipe(far);
    far.pipe(near);
    near.once('close', () => far.destroy());
    // A connection that is swallowed does not learn that the other end is gone.
    far.once('close', () => {
      if (!swallowing) near.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    swallow() {
      swallowing = true;
      for (const socket of sockets) socket.unpipe().resume();
    },
    heal() {
      swallowing = false;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
