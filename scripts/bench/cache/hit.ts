import { runInThisContext } from 'node:vm';
import type { Contender } from './contender.ts';
import { median, round2 } from './numbers.ts';
import { rivals } from './rivals.ts';
import { buildAgent, ours } from './subject.ts';

export interface HitRow {
  name: string;
  /** Nanoseconds of one hit with its `await`. */
  nsPerOp: number;
  timesFloor: number;
}

const AGENT = buildAgent();
const HITS = 100_000;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;

/** The least that a function which may one day have to wait can cost. */
const floor: Contender = {
  name: 'floor',
  async open() {
    const agent = AGENT;
    return { get: async () => agent, close: () => {} };
  },
};

/** Every contender in turn in every round, so that all of them meet the same machine; medians of the rounds. */
export async function measureHits(): Promise<HitRow[]> {
  const runners = await Promise.all([floor, ours(), ...rivals].map(prepare));
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const { loop, get, samples } of runners) {
      const nanoseconds = await loop(get, HITS);
      if (round >= WARM_UP_ROUNDS) samples.push(nanoseconds);
    }
  }
  for (const { close } of runners) close();
  const floorSamples = runners[0]?.samples ?? [];
  return runners.map(({ name, samples }) => ({
    name,
    nsPerOp: round2(median(samples)),
    timesFloor: round2(median(samples.map((sample, round) => sample / (floorSamples[round] ?? Number.NaN)))),
  }));
}

async function prepare(contender: Contender) {
  const { get, close } = await contender.open(async () => AGENT, { ttl: 3600, staleFor: 300 });
  await get();
  return { name: contender.name, get, close, loop: compileLoop(), samples: [] as number[] };
}

type Loop = (hit: () => Promise<unknown>, times: number) => Promise<number>;

/** A loop of its own for each contender, or the engine would compile one for all of them, good for none. */
function compileLoop(): Loop {
  const source = `(async (hit, times) => {
    const begin = performance.now();
    for (let i = 0; i < times; i += 1) await hit();
    return ((performance.now() - begin) * 1e6) / times;
  })`;
  return runInThisContext(source);
}
