import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TTLCache } from '@isaacs/ttlcache';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { LRUCache } from 'lru-cache';
import type { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { logger } from '../../../api/src/observability/logger.ts';
import { configureAgentCache, getFacebookAgent } from '../../../api/src/utils/agent-cache.ts';
import { median } from './numbers.ts';
import { buildAgent, SETTINGS } from './subject.ts';

export interface KeyedRow {
  name: string;
  /** Nanoseconds of one hit with its `await`, over all keys in turn. */
  nsPerHit: number;
  /** Bytes of heap for each key, beside the agent and the token. */
  bytesPerEntry: number;
}

interface Keyed {
  name: string;
  open: (create: (token: string) => Promise<FacebookAdsAgent>) => (token: string) => Promise<unknown>;
}

const KEYS = 10_000;
const ROUNDS = 9;
const TTL_SECONDS = 3600;

const contenders: Keyed[] = [
  {
    name: 'ours',
    open(create) {
      logger.silent = true;
      configureAgentCache({
        settings: SETTINGS,
        keepWarm: false,
        ttl: TTL_SECONDS,
        staleFor: 0,
        maxEntries: KEYS,
        createAgent: ({ accessToken }) => create(accessToken),
      });
      return (accessToken) => getFacebookAgent({ accessToken });
    },
  },
  {
    name: 'lru-cache fetch',
    open(create) {
      const cache = new LRUCache<string, FacebookAdsAgent>({
        max: KEYS,
        ttl: TTL_SECONDS * 1000,
        fetchMethod: (token) => create(token),
      });
      return (token) => cache.fetch(token);
    },
  },
  {
    name: '@isaacs/ttlcache',
    open(create) {
      const cache = new TTLCache<string, Promise<FacebookAdsAgent>>({ max: KEYS, ttl: TTL_SECONDS * 1000 });
      return (token) => {
        const held = cache.get(token) ?? create(token);
        if (!cache.has(token)) cache.set(token, held);
        return held;
      };
    },
  },
  {
    name: 'bentocache',
    open(create) {
      const store = bentostore().useL1Layer(memoryDriver({ maxItems: KEYS, serialize: false }));
      const cache = new BentoCache({ default: 'agents', stores: { agents: store } });
      return (key) => cache.getOrSet({ key, ttl: TTL_SECONDS * 1000, factory: () => create(key) });
    },
  },
];

/** Each cache filled with an agent for each token, and asked for all of them in turn. */
export async function measureKeyed(): Promise<KeyedRow[]> {
  const tokens = Array.from(
    { length: KEYS },
    () => `test-token-not-real-${randomBytes(90).toString('base64url')}`,
  );
  const agents = new Map(tokens.map((token) => [token, buildAgent()]));
  const create = async (token: string) => agents.get(token) ?? buildAgent();
  const opened: {
    name: string;
    get: (token: string) => Promise<unknown>;
    bytes: number;
    samples: number[];
  }[] = [];
  for (const { name, open } of contenders) {
    const before = await heapUsed();
    const get = open(create);
    for (const token of tokens) await get(token);
    opened.push({ name, get, bytes: ((await heapUsed()) - before) / KEYS, samples: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { get, samples } of opened) samples.push(await hitAll(get, tokens));
  }
  configureAgentCache({});
  return opened.map(({ name, bytes, samples }) => ({
    name,
    nsPerHit: Math.round(median(samples)),
    bytesPerEntry: Math.round(bytes),
  }));
}

async function hitAll(get: (token: string) => Promise<unknown>, tokens: readonly string[]): Promise<number> {
  const begin = performance.now();
  for (const token of tokens) await get(token);
  return ((performance.now() - begin) * 1e6) / tokens.length;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

async function heapUsed(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
