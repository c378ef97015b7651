import { type HerdRow, measureHerds } from './cache/herd.ts';
import { type HitRow, measureHits } from './cache/hit.ts';
import { type KeyedRow, measureKeyed } from './cache/keyed.ts';
import { type SoakResult, soak } from './cache/soak.ts';

export interface CacheBench {
  hit: HitRow[];
  herd: HerdRow[];
  keyed: KeyedRow[];
  soak: SoakResult;
  /** Rejections that nobody handled during the whole run. */
  unhandledRejections: number;
}

/** The agent cache beside other caches: what a hit costs, what a herd waits for, what stays behind. */
export async function run({ json }: { json: boolean }): Promise<void> {
  let unhandledRejections = 0;
  const count = () => {
    unhandledRejections += 1;
  };
  process.on('unhandledRejection', count);
  const hit = await measureHits();
  const herd = await measureHerds();
  const keyed = await measureKeyed();
  const result: CacheBench = { hit, herd, keyed, soak: await soak(), unhandledRejections };
  process.off('unhandledRejection', count);
  if (json) console.log(JSON.stringify(result, null, 2));
  else print(result);
}

function print({ hit, herd, keyed, soak: soaked, unhandledRejections }: CacheBench): void {
  console.log('One awaited hit (medians; ratios taken within each round)');
  console.table(hit);
  console.log('Herds: 1,000 callers at once, or 100 calls/s for 3 s when failing; a creation takes 400 ms');
  console.table(herd);
  console.log('Agents of 10,000 tokens: one awaited hit, and what each takes beside the agent and its token');
  console.table(keyed);
  console.log('Soak: hits across expiries and invalidations under fake time');
  console.table([soaked]);
  console.log(`Unhandled rejections: ${unhandledRejections}`);
}
