import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import { keepsItsPromises } from '../support/keyed-cache-promises.ts';
import { createTree, type Tree } from '../support/trees.ts';

interface Written {
  getLedgerClient(): unknown;
  getLedgerClientFor(...given: unknown[]): unknown;
  forgetLedgerClientFor(...given: unknown[]): void;
  getCachedAgentProvider(options?: { cacheTtl?: number }): {
    getAgent(): unknown;
    getStats(): { creation_count: number; cached: boolean };
    invalidateCache(): void;
  };
}

interface Client {
  probe: { built: number; failure: Error | undefined };
}

const CLIENT = `export const probe = { built: 0, failure: undefined };
export class LedgerClient {
  constructor(...given) {
    probe.built += 1;
    if (probe.failure) throw probe.failure;
    this.given = given;
  }
}
`;

let tree: Tree;
let count = 0;

/** A fresh copy of the module that --init writes, and of the class that it builds. */
async function load(sync: boolean): Promise<{ cache: Written; client: Client }> {
  count += 1;
  const text = cacheModuleText({
    agentClass: 'LedgerClient',
    imports: [`import { LedgerClient } from './client-${count}.mjs';`],
    built: { code: "new LedgerClient('shared')", async: false },
    keyed: { code: 'new LedgerClient(...given)', async: false, argumentsType: '' },
    factory: 'getLedgerClient',
    provider: 'getCachedAgentProvider',
    sync,
    typescript: false,
    commonJs: false,
    quote: "'",
  });
  writeFileSync(tree.path(`client-${count}.mjs`), CLIENT);
  writeFileSync(tree.path(`cache-${count}.mjs`), text);
  const load = (file: string): Promise<unknown> => import(pathToFileURL(tree.path(file)).href);
  return {
    cache: (await load(`cache-${count}.mjs`)) as Written,
    client: (await load(`client-${count}.mjs`)) as Client,
  };
}

beforeAll(() => {
  tree = createTree({});
});
afterAll(() => tree.remove());

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe.each([
  ['gives a promise', false],
  ['gives its client at once', true],
])('the written cache whose getter %s keeps for each set of arguments', (_what, sync) => {
  let loaded: Awaited<ReturnType<typeof load>>;
  beforeEach(async () => {
    loaded = await load(sync);
  });

  keepsItsPromises(
    () => ({
      get: async (credential) => (await loaded.cache.getLedgerClientFor(credential)) as object,
      forget: (credential) => loaded.cache.forgetLedgerClientFor(credential),
      built: () => loaded.client.probe.built,
      fail: (error) => {
        loaded.client.probe.failure = error;
      },
      pass: async (milliseconds) => {
        await jest.advanceTimersByTimeAsync(milliseconds);
      },
    }),
    { limit: 500, lifetime: 3_600_000, pause: 1 },
  );

  test('and takes all of the arguments for the key, in whatever order an object names them', async () => {
    const get = (...given: unknown[]) => loaded.cache.getLedgerClientFor(...given);
    const first = await get('t', { locale: 'pt', limits: [1, null] });
    expect(await get('t', { limits: [1, null], locale: 'pt' })).toBe(first);
    for (const other of [
      ['t', { locale: 'pt', limits: ['1', null] }],
      ['t', { locale: 'pt', limits: [1] }],
      ['t', { locale: 'pt' }],
      ['t'],
      ['u', { locale: 'pt', limits: [1, null] }],
    ])
      expect(await get(...other)).not.toBe(first);
  });

  test('and shares nothing that only its identity tells apart', async () => {
    const get = (...given: unknown[]) => loaded.cache.getLedgerClientFor(...given);
    const log = new Map();
    expect(await get('t', { log })).not.toBe(await get('t', { log }));
  });

  test.each([[{}], [{ token: '' }], [{ token: undefined, locale: 'pt' }]])(
    'and refuses %p, which has no credential',
    async (given) => {
      const ask = async () => await loaded.cache.getLedgerClientFor(given);
      await expect(ask()).rejects.toBeInstanceOf(TypeError);
    },
  );

  test('and takes a credential beside one that is not there', async () => {
    const get = (...given: unknown[]) => loaded.cache.getLedgerClientFor(...given);
    const given = { token: 't', refreshToken: null };
    expect(await get(given)).toBe(await get({ ...given }));
  });

  test('beside the shared one, which has its lifetime, its stats and its invalidation', async () => {
    const { cache, client } = loaded;
    const provider = cache.getCachedAgentProvider({ cacheTtl: 60 });
    const shared = await cache.getLedgerClient();
    const own = await cache.getLedgerClientFor('t');
    expect(await provider.getAgent()).toBe(shared);
    expect(provider.getStats()).toMatchObject({ creation_count: 1, cached: true });
    await jest.advanceTimersByTimeAsync(60_001);
    expect(await cache.getLedgerClient()).toBe(shared);
    const renewed = await provider.getAgent();
    expect(renewed).not.toBe(shared);
    provider.invalidateCache();
    expect(provider.getStats().cached).toBe(false);
    expect(await cache.getLedgerClient()).not.toBe(renewed);
    expect(await cache.getLedgerClientFor('t')).not.toBe(own);
    client.probe.failure = new Error('no route to host');
    provider.invalidateCache();
    const ask = async () => await cache.getLedgerClient();
    await expect(ask()).rejects.toThrow('no route to host');
    client.probe.failure = undefined;
    expect(await cache.getLedgerClient()).toBeInstanceOf(Object);
  });

  test(sync ? 'and nothing has to be awaited' : 'and gives promises', () => {
    const isPromise = (value: unknown) => value instanceof Promise;
    expect(isPromise(loaded.cache.getLedgerClient())).toBe(!sync);
    expect(isPromise(loaded.cache.getLedgerClientFor('t'))).toBe(!sync);
    expect(isPromise(loaded.cache.getCachedAgentProvider().getAgent())).toBe(!sync);
  });
});
