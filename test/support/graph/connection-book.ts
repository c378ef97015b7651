import type { Socket } from 'node:net';
import type { Journal } from './journal.ts';

/** Numbers connections as they carry their first Graph request; control connections do not count. */
export class ConnectionBook {
  readonly #numbers = new WeakMap<Socket, number>();
  readonly #journal: Journal;
  #last = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  numberOf(socket: Socket): number {
    const known = this.#numbers.get(socket);
    if (known !== undefined) return known;
    const fresh = ++this.#last;
    this.#numbers.set(socket, fresh);
    this.#journal.connections++;
    this.#journal.openConnections++;
    socket.once('close', () => {
      this.#journal.openConnections--;
      this.#journal.changed();
    });
    return fresh;
  }
}
