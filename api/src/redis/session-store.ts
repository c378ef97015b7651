import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RedisLink } from './redis-link.ts';

/** A sealed session as it lies in Redis, as old as Redis says. */
export interface StoredSession {
  id: string;
  sealed: Buffer;
  ageSeconds: number;
}

/** A sealed session that was made while `token` stood. */
export interface NewSession {
  token: string;
  id: string;
  sealed: Buffer;
  ttlSeconds: number;
}

/** What Redis says to a process that needs a session; `token` names what is not yet invalidated. */
export type SessionAnswer =
  | { kind: 'session'; token: string; session: StoredSession }
  /** There is none, and it is for this process to make it. */
  | { kind: 'lock'; token: string }
  /** There is none, and another process is making it. */
  | { kind: 'wait'; token: string };

// KEYS: invalidation token, session, lock. ARGV: token to set where there is none, id of the session
// that is of no use, owner of the lock, its milliseconds.
const OBTAIN = `
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local token = redis.call('GET', KEYS[1])
local session = redis.call('HMGET', KEYS[2], 'token', 'id', 'sealed', 'ttl')
if session[3] and session[1] == token and session[2] ~= ARGV[2] then
  return { token, session[2], session[3], session[4], redis.call('PTTL', KEYS[2]) }
end
if redis.call('SET', KEYS[3], ARGV[3], 'NX', 'PX', ARGV[4]) then return { token, 'lock' } end
return { token, 'wait' }`;

// KEYS: invalidation token, session. ARGV: token under which the session was made, id, sealed, milliseconds.
const WRITE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'token', ARGV[1], 'id', ARGV[2], 'sealed', ARGV[3], 'ttl', ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`;

// KEYS: lock. ARGV: owner.
const UNLOCK = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

// KEYS: session. ARGV: id.
const REMOVE = `if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** The sessions in Redis. Every method throws {@link RedisUnavailableError} while that is away. */
export class SessionStore {
  readonly #link: RedisLink;

  constructor(link: RedisLink) {
    this.#link = link;
  }

  /**
   * A session that no invalidation has made void, else whose turn it is to make one. Impatient: a
   * creation must not take longer for asking.
   */
  async obtain(
    digest: string,
    { useless, owner, lockSeconds }: { useless: string; owner: string; lockSeconds: number },
  ): Promise<SessionAnswer> {
    const { invalidationToken, session, sessionLock } = this.#link.keys;
    const names = [invalidationToken, session(digest), sessionLock(digest)] as const;
    const args = [randomUUID(), useless, owner, String(lockSeconds * 1000)] as const;
    const obtain = (redis: Redis) => redis.callBuffer('EVAL', OBTAIN, '3', ...names, ...args);
    // A lock that Redis gives when nobody waits for it any more would hold the others up.
    const undo = (redis: Redis) => redis.eval(UNLOCK, 1, sessionLock(digest), owner);
    const reply = await this.#link.run('session-obtain', obtain, { impatient: true, undo });
    const [token, id, sealed, ttl, left] = reply as [Buffer, Buffer, Buffer?, Buffer?, number?];
    if (!sealed) return { kind: String(id) === 'lock' ? 'lock' : 'wait', token: String(token) };
    const ageSeconds = Math.max(0, Number(String(ttl)) - Number(left)) / 1000;
    return { kind: 'session', token: String(token), session: { id: String(id), sealed, ageSeconds } };
  }

  /** @returns false when an invalidation has come since `token` was read: nothing is written then. */
  async write(digest: string, { token, id, sealed, ttlSeconds }: NewSession): Promise<boolean> {
    const { invalidationToken, session } = this.#link.keys;
    const milliseconds = Math.round(ttlSeconds * 1000);
    const written = await this.#link.run('session-write', (redis) =>
      redis.eval(WRITE, 2, invalidationToken, session(digest), token, id, sealed, milliseconds),
    );
    return written === 1;
  }

  async unlock(digest: string, owner: string): Promise<void> {
    const name = this.#link.keys.sessionLock(digest);
    await this.#link.run('session-unlock', (redis) => redis.eval(UNLOCK, 1, name, owner));
  }

  /** Removes a session, unless another has taken its place. */
  async remove(digest: string, id: string): Promise<void> {
    const name = this.#link.keys.session(digest);
    await this.#link.run('session-remove', (redis) => redis.eval(REMOVE, 1, name, id));
  }
}
