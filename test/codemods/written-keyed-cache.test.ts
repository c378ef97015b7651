import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import { libraryModuleText } from '../../scripts/codemod/init/library-module-text.ts';
import { keepsItsPromises } from '../support/keyed-cache-promises.ts';
import { createTree, type Tree } from '../support/trees.ts';
import { typeErrors } from './support/type-check.ts';

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

/** What the package `agent-cache-tools` is made of. */
const LIBRARY = fileURLToPath(new URL('../../api/src/utils/cached-provider.ts', import.meta.url));

interface Form {
  textOf: typeof cacheModuleText;
  sync: boolean;
  /** It builds a new one in the background before the old one has had its time. */
  renews?: boolean;
}

const FORMS: [string, Form][] = [
  ['gives a promise', { textOf: cacheModuleText, sync: false }],
  [
    'uses nothing of Node',
    { textOf: (parts) => cacheModuleText({ ...parts, withoutNode: true }), sync: false },
  ],
  ['gives its client at once', { textOf: cacheModuleText, sync: true }],
  [
    'asks the library',
    {
      textOf: (parts) => libraryModuleText(parts).replace('agent-cache-tools', LIBRARY),
      sync: false,
      renews: true,
    },
  ],
];

let tree: Tree;
let count = 0;

/** A fresh copy of the module that --init writes, and of the class that it builds. */
async function load({ textOf, sync }: Form): Promise<{ cache: Written; client: Client }> {
  count += 1;
  const text = textOf({
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

describe.each(FORMS)('the written cache whose getter %s keeps for each set of arguments', (_what, form) => {
  const { sync } = form;
  let loaded: Awaited<ReturnType<typeof load>>;
  beforeEach(async () => {
    loaded = await load(form);
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

  test.each([[undefined], [null], [''], [{ token: '' }]])(
    'and shares nothing where a further argument is %p, by which users may be told apart',
    async (missing) => {
      const get = (...given: unknown[]) =>
        loaded.cache.getLedgerClientFor('https://ledger.example', ...given);
      const first = await get(missing);
      expect(await get(missing)).not.toBe(first);
      loaded.cache.forgetLedgerClientFor('https://ledger.example', missing);
      expect(await get('t')).toBe(await get('t'));
      expect(await get({ limit: undefined })).toBe(await get({ limit: undefined }));
    },
  );

  test('and builds of what the key says, whatever its caller changes in an object afterwards', async () => {
    const given = { token: 'of alice' };
    const get = async (each: object) => (await loaded.cache.getLedgerClientFor(each)) as { given: unknown[] };
    const alice = await get(given);
    given.token = 'of bob';
    expect(await get(given)).not.toBe(alice);
    // Late enough for the library to renew it of its own accord, which it does when it is asked, and behind that.
    await jest.advanceTimersByTimeAsync(3_590_000);
    await get({ token: 'of alice' });
    await jest.advanceTimersByTimeAsync(1);
    const renewed = await get({ token: 'of alice' });
    if (form.renews) expect(renewed).not.toBe(alice);
    for (const { given } of [alice, renewed]) expect(given).toEqual([{ token: 'of alice' }]);
  });

  test.each([[{}], [{ token: '' }], [{ token: undefined, locale: 'pt' }]])(
    'and refuses %p, which has no credential',
    async (given) => {
      const ask = async () => await loaded.cache.getLedgerClientFor(given);
      await expect(ask()).rejects.toBeInstanceOf(TypeError);
    },
  );

  test.each([[undefined], [null], [''], [{}], [{ token: '' }]])(
    'and lets the class itself refuse %p, as it did before, and keeps nothing of it',
    async (given) => {
      const { cache, client } = loaded;
      client.probe.failure = new RangeError('who are you?');
      const ask = async () => await cache.getLedgerClientFor(given);
      await expect(ask()).rejects.toThrow('who are you?');
      client.probe.failure = undefined;
      await expect(ask()).rejects.toBeInstanceOf(TypeError);
      expect(client.probe.built).toBe(2);
      expect(() => cache.forgetLedgerClientFor(given)).not.toThrow();
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
    // The library leaves a pause behind a failure.
    await jest.advanceTimersByTimeAsync(2000);
    expect(await cache.getLedgerClient()).toBeInstanceOf(Object);
  });

  test(sync ? 'and nothing has to be awaited' : 'and gives promises', () => {
    const isPromise = (value: unknown) => value instanceof Promise;
    expect(isPromise(loaded.cache.getLedgerClient())).toBe(!sync);
    expect(isPromise(loaded.cache.getLedgerClientFor('t'))).toBe(!sync);
    expect(isPromise(loaded.cache.getCachedAgentProvider().getAgent())).toBe(!sync);
  });
});

test.each(FORMS)(
  'the JavaScript of one whose getter %s passes the check of types',
  (_what, { textOf, sync }) => {
    const files = {
      'client.js': 'export class LedgerClient {\n  constructor(name) { this.name = name; }\n}\n',
      'cache.js': textOf({
        agentClass: 'LedgerClient',
        imports: ["import { LedgerClient } from './client.js';"],
        built: { code: "new LedgerClient('shared')", async: false },
        keyed: { code: 'new LedgerClient(...given)', async: false, argumentsType: '' },
        factory: 'getLedgerClient',
        provider: 'getCachedAgentProvider',
        sync,
        typescript: false,
        commonJs: false,
        quote: "'",
      }),
    };
    for (const [name, text] of Object.entries(files)) tree.write(name, text);
    const javaScript = { allowJs: true, checkJs: true, strict: false };
    const faults = typeErrors([tree.path('cache.js')], undefined, javaScript);
    expect(faults.map((each) => each.slice(each.indexOf('cache.js')))).toEqual([]);
  },
);
