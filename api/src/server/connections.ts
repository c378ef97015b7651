import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** A server's open connections, and how to end them without losing an answer. */
export class Connections {
  readonly #server: Server;
  readonly #answering = new Map<Socket, Set<ServerResponse>>();
  #closing = false;

  /** Must be made before the server has a listener for requests. */
  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#answering.set(socket, new Set());
      socket.once('close', () => this.#answering.delete(socket));
    });
    server.on('request', (req, res) => this.#track(req, res));
  }

  /** Whether an answer is under way on `socket`. */
  isAnswering(socket: Socket): boolean {
    return (this.#answering.get(socket)?.size ?? 0) > 0;
  }

  /**
   * Stops listening, and resolves when the last connection has ended. Each gets to finish what it
   * is at and is told to close; one that is idle may still bring a request it had begun to send,
   * and is closed after `idleGraceMs`.
   */
  async close(idleGraceMs: number): Promise<void> {
    this.#closing = true;
    for (const responses of this.#answering.values()) for (const res of responses) tellToClose(res);
    // What has arrived by then is read first, however late a busy process comes to it.
    const grace = setTimeout(() => setImmediate(() => this.#closeIdle()), idleGraceMs);
    // Not the http method of that name: it cuts idle connections at once.
    await new Promise<void>((resolve) => NetServer.prototype.close.call(this.#server, () => resolve()));
    clearTimeout(grace);
  }

  /** Cuts what is still open. */
  destroy(): void {
    for (const socket of this.#answering.keys()) socket.destroy();
  }

  #track(req: IncomingMessage, res: ServerResponse): void {
    const responses = this.#answering.get(req.socket);
    responses?.add(res);
    res.once('close', () => responses?.delete(res));
    if (this.#closing) tellToClose(res);
  }

  #closeIdle(): void {
    for (const [socket, responses] of this.#answering) if (responses.size === 0) socket.destroySoon();
  }
}

function tellToClose(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}
