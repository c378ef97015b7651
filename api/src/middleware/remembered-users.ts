import { hash } from 'node:crypto';
import type { User } from './user.ts';

/** So long at most a token passes without being looked at again, milliseconds. */
const REMEMBERED_FOR_MS = 60_000;
/** Beyond so many the one that was verified first goes. */
const MOST = 10_000;

interface Remembered {
  readonly user: User;
  readonly expiresAt: number;
  readonly wall: number;
  readonly mono: number;
}

/**
 * Whom bearer tokens named that were verified a moment ago, by digests of the tokens: what is held opens nothing. A
 * verification costs as much as all the rest of a small answer.
 */
export class RememberedUsers {
  readonly #users = new Map<string, Remembered>();
  #keys: unknown;

  /** @param keys what tokens are verified with now; with other ones nobody is remembered */
  find(token: string, keys: unknown): User | undefined {
    if (keys !== this.#keys) this.#users.clear();
    this.#keys = keys;
    const digest = digestOf(token);
    const known = this.#users.get(digest);
    if (known === undefined || isGood(known)) return known?.user;
    this.#users.delete(digest);
    return undefined;
  }

  /**
   * @param expiresAt seconds since 1970
   * @param keys what it was verified with
   */
  keep(token: string, user: User, { expiresAt, keys }: { expiresAt: number; keys: unknown }): void {
    if (keys !== this.#keys) return;
    this.#users.set(digestOf(token), {
      user: Object.freeze({ ...user }),
      expiresAt: expiresAt * 1000,
      wall: Date.now(),
      mono: performance.now(),
    });
    for (const oldest of this.#users.keys()) {
      if (this.#users.size <= MOST) return;
      this.#users.delete(oldest);
    }
  }
}

/** By both clocks: one that was set back, or slept, does not keep anybody longer. */
function isGood({ expiresAt, wall, mono }: Remembered): boolean {
  const now = Date.now();
  const isRecent =
    now >= wall && now - wall < REMEMBERED_FOR_MS && performance.now() - mono < REMEMBERED_FOR_MS;
  return isRecent && now < expiresAt;
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
