import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CachedProvider } from '../../../api/src/utils/cached-provider.ts';
import { FakeTime } from '../../../test/api/utils/support/fake-time.ts';

export interface SoakResult {
  hits: number;
  creations: number;
  invalidations: number;
  heapGrowthBytes: number;
  /** Handles and other resources that keep the process alive, after minus before. */
  resourceGrowth: number;
  /** Timers of the provider's own still waiting. */
  timersLeft: number;
}

const HITS = 1_000_000;
const TTL_SECONDS = 3600;
const HITS_PER_STEP = 20;
const STEP_MS = 400_000;
const STEPS_PER_INVALIDATION = 50;

/** A million hits while fake time runs through thousands of lives of the value. */
export async function soak(hits = HITS): Promise<SoakResult> {
  // Once in small, so that what the engine compiles and keeps is not taken for a leak.
  await live(hits / 20);
  const before = await footprint();
  const result = await live(hits);
  const after = await footprint();
  return {
    ...result,
    heapGrowthBytes: after.heap - before.heap,
    resourceGrowth: after.resources - before.resources,
  };
}

async function live(target: number) {
  const time = new FakeTime();
  time.install();
  try {
    const create = async () => ({ ballast: Array.from({ length: 1000 }, () => 0) });
    const options = { ttl: TTL_SECONDS, staleFor: 300, refreshAhead: 0.8, createTimeout: 30 };
    const provider = new CachedProvider({ create, ...options });
    let invalidations = 0;
    for (let step = 1; provider.stats().hits < target; step += 1) {
      for (let hit = 0; hit < HITS_PER_STEP; hit += 1) await provider.get();
      if (step % STEPS_PER_INVALIDATION === 0) {
        provider.invalidate();
        invalidations += 1;
      }
      time.advance(STEP_MS);
    }
    const { hits, creationCount } = provider.stats();
    return { hits, creations: creationCount, invalidations, timersLeft: time.pending };
  } finally {
    time.uninstall();
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

async function footprint(): Promise<{ heap: number; resources: number }> {
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    collectGarbage();
  }
  return { heap: process.memoryUsage().heapUsed, resources: process.getActiveResourcesInfo().length };
}
