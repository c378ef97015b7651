import { expect, test } from '@jest/globals';

/** A cache with an entry for each credential, as its promises are asked about. */
export interface KeyedCache {
  /** The agent of a credential, once it is there. */
  get(credential: unknown): Promise<object>;
  forget(credential: string): void;
  /** How many agents were built so far, those that failed included. */
  built(): number;
  /** Has the next ones fail, or no more. */
  fail(error: Error | undefined): void;
  /** Lets time go by, in milliseconds. */
  pass(milliseconds: number): Promise<void>;
}

/** What every such cache promises: the one that `--init --keyed` writes in each of its forms, and the API's own. */
export function keepsItsPromises(
  begin: () => KeyedCache,
  { limit, lifetime, pause }: { limit: number; lifetime: number; pause: number },
): void {
  test('one agent for a credential, and another for another, however they interleave', async () => {
    const cache = begin();
    const calls = ['alice', 'bob', 'alice', 'bob', 'alice'].map((each) => cache.get(each));
    await cache.pass(pause);
    const [alice, bob, again, other, last] = await Promise.all(calls);
    expect(new Set([alice, again, last]).size).toBe(1);
    expect(new Set([bob, other]).size).toBe(1);
    expect(alice).not.toBe(bob);
    expect(cache.built()).toBe(2);
  });

  test('a new one when the old one has had its time', async () => {
    const cache = begin();
    const get = async (credential: string) => {
      const agent = cache.get(credential);
      await cache.pass(pause);
      return await agent;
    };
    const first = await get('alice');
    await cache.pass(lifetime - 10 * pause - 1);
    expect(await get('alice')).toBe(first);
    await cache.pass(20 * pause + 2);
    expect(await get('alice')).not.toBe(first);
  });

  test('no memory of a failure', async () => {
    const cache = begin();
    cache.fail(new Error('no route to host'));
    const failed = expect(cache.get('alice')).rejects.toThrow();
    await cache.pass(pause);
    await failed;
    cache.fail(undefined);
    await cache.pass(2000);
    const agent = cache.get('alice');
    await cache.pass(pause);
    expect(await agent).toBeInstanceOf(Object);
  });

  test('another one after it was told to forget, and for that credential alone', async () => {
    const cache = begin();
    const get = async (credential: string) => {
      const agent = cache.get(credential);
      await cache.pass(pause);
      return await agent;
    };
    const [alice, bob] = [await get('alice'), await get('bob')];
    cache.forget('alice');
    expect(await get('alice')).not.toBe(alice);
    expect(await get('bob')).toBe(bob);
  });

  test('a bounded number, of which the one that was not asked for the longest goes first', async () => {
    const cache = begin();
    const get = async (credential: string) => {
      const agent = cache.get(credential);
      await cache.pass(pause);
      return await agent;
    };
    const first = await get('user 0');
    const second = await get('user 1');
    for (let user = 2; user < limit; user += 1) await get(`user ${user}`);
    expect(await get('user 0')).toBe(first);
    await get('one too many');
    expect(await get('user 0')).toBe(first);
    expect(await get('user 1')).not.toBe(second);
  });

  test.each([undefined, null, ''])(
    'no agent for %p, which is nothing to tell users by',
    async (credential) => {
      const cache = begin();
      await expect(cache.get(credential)).rejects.toBeInstanceOf(TypeError);
      await expect(cache.get(credential)).rejects.toBeInstanceOf(TypeError);
    },
  );
}
