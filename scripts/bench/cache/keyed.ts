import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TTLCache } from '@isaacs/ttlcache';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { LRUCache } from 'lru-cache';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { logger, registerSecret } from '../../../api/src/observability/logger.ts';
import { configureAgentCache, getFacebookAgent } from '../../../api/src/utils/agent-cache.ts';
import { median } from './numbers.ts';
import { SETTINGS } from './subject.ts';

export interface KeyedRow {
  name: string;
  /** Nanoseconds of the processor for one hit with its `await`, over all keys in turn. */
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
const PASSES = 3;
const TTL_SECONDS = 3600;

const contenders: Keyed[] = [
  {
    name: 'ours',
    open(_create) {
      logger.silent = true;
      configureAgentCache({
        settings: SETTINGS,
        keepWarm: false,
        ttl: TTL_SECONDS,
        staleFor: 0,
        maxEntries: KEYS,
        createAgent: async (settings, { onCredentialRefused }) =>
          new FacebookAdsAgent(settings, { onCredentialRefused }),
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
  // What the log knows of them comes and goes with agents: it is there all the time, so that nobody is charged for it.
  for (const token of tokens) registerSecret(token);
  const create = async (accessToken: string) => new FacebookAdsAgent({ ...SETTINGS, accessToken });
  const agentsAlone = await bytesOfAgents(tokens, create);
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
    opened.push({ name, get, bytes: ((await heapUsed()) - before - agentsAlone) / KEYS, samples: [] });
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

/** What the agents take by themselves, each with its settings. */
async function bytesOfAgents(
  tokens: readonly string[],
  create: (token: string) => Promise<FacebookAdsAgent>,
): Promise<number> {
  const agents: (FacebookAdsAgent | undefined)[] = Array.from({ length: tokens.length });
  const before = await heapUsed();
  for (const [at, token] of tokens.entries()) agents[at] = await create(token);
  return agents.length === 0 ? 0 : (await heapUsed()) - before;
}

/** Nanoseconds of the processor for each hit; the pass before has brought the cache's memory near. */
async function hitAll(get: (token: string) => Promise<unknown>, tokens: readonly string[]): Promise<number> {
  for (const token of tokens) await get(token);
  const begin = process.cpuUsage();
  for (let pass = 0; pass < PASSES; pass += 1) for (const token of tokens) await get(token);
  const { user, system } = process.cpuUsage(begin);
  return ((user + system) * 1000) / (PASSES * tokens.length);
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
