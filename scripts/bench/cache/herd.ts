import { setTimeout as sleep } from 'node:timers/promises';
import type { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import type { Contender, OpenCache, Times } from './contender.ts';
import { quantile, round2 } from './numbers.ts';
import { rivals } from './rivals.ts';
import { buildAgent, ours } from './subject.ts';

export type Scenario = 'cold' | 'expiry' | 'idle' | 'failing';

export interface HerdRow {
  scenario: Scenario;
  name: string;
  /** Creations begun for the herd: not the one that filled the cache before it. */
  creations: number;
  /** What the 990th of 1,000 callers waited. */
  p99Ms: number;
  /** The same of a herd that came a moment before, to a promise that was there: the machine's own delay. */
  machineP99Ms?: number;
  errors: number;
}

const CREATION_MS = 400;
const CALLERS = 1000;
const LONG: Times = { ttl: 3600, staleFor: 300 };
/** A second stands for an hour: expiry comes soon, and the night is several lives long. */
const SHORT: Times = { ttl: 1, staleFor: 1 };
const NIGHT_MS = 2500;
const EXPIRY_HERDS = 5;
const FAILING = { callsPerSecond: 100, seconds: 3 };

/**
 * All scenarios, each contender alone with the machine while its herd runs. Where most of the time
 * nothing does, rivals wait together; ours are views of one cache and take turns.
 */
export async function measureHerds(): Promise<HerdRow[]> {
  await warmUpHarness();
  const rows: HerdRow[] = [];
  for (const contender of [ours(), ...rivals]) rows.push(await cold(contender), await expiry(contender));
  rows.push(await failing(ours()), ...(await Promise.all(rivals.map(failing))));
  for (const overnight of [[ours('ours', { keepWarm: true })], [ours('ours without keep-warm')], rivals]) {
    rows.push(...(await idle(overnight)));
  }
  const order: Scenario[] = ['cold', 'expiry', 'idle', 'failing'];
  return rows.sort((a, b) => order.indexOf(a.scenario) - order.indexOf(b.scenario));
}

async function cold(contender: Contender): Promise<HerdRow> {
  const creation = new SlowCreation();
  const cache = await contender.open(creation.create, LONG);
  const machine = await stampede(NOTHING);
  return finish('cold', contender, cache, creation, await stampede(cache), machine);
}

/** The whole herd comes just after the TTL has passed; the middle one of five such moments. */
async function expiry(contender: Contender): Promise<HerdRow> {
  const creation = new SlowCreation();
  const cache = await contender.open(creation.create, SHORT);
  const herds: HerdRow[] = [];
  await cache.get();
  for (let herd = 0; herd < EXPIRY_HERDS; herd += 1) {
    await sleep(SHORT.ttl * 1000 + 50);
    creation.begun = 0;
    const machine = await stampede(NOTHING);
    const waits = await stampede(cache);
    await sleep(CREATION_MS + 50);
    herds.push(rowOf('expiry', contender, creation, waits, machine));
  }
  cache.close();
  const added = ({ p99Ms, machineP99Ms = 0 }: HerdRow) => p99Ms - machineP99Ms;
  const [middle] = herds.sort((a, b) => added(a) - added(b)).slice(Math.floor(EXPIRY_HERDS / 2));
  if (!middle) throw new Error('no herd was measured');
  return { ...middle, creations: Math.max(...herds.map(({ creations }) => creations)) };
}

/** Nobody calls for longer than TTL and stale window together; then one whole herd after the other does. */
async function idle(contenders: readonly Contender[]): Promise<HerdRow[]> {
  const open = await Promise.all(
    contenders.map(async (contender) => {
      const creation = new SlowCreation();
      const cache = await contender.open(creation.create, SHORT);
      await cache.get();
      return { contender, creation, cache };
    }),
  );
  await sleep(NIGHT_MS);
  const rows: HerdRow[] = [];
  for (const { contender, creation, cache } of open) {
    creation.begun = 0;
    const machine = await stampede(NOTHING);
    rows.push(finish('idle', contender, cache, creation, await stampede(cache), machine));
  }
  return rows;
}

/** A steady stream of calls while every creation fails. */
async function failing(contender: Contender): Promise<HerdRow> {
  const creation = new SlowCreation();
  creation.fails = true;
  const cache = await contender.open(creation.create, LONG);
  const calls: Promise<Outcome[]>[] = [];
  for (let call = 0; call < FAILING.callsPerSecond * FAILING.seconds; call += 1) {
    calls.push(timed(cache));
    await sleep(1000 / FAILING.callsPerSecond);
  }
  return finish('failing', contender, cache, creation, (await Promise.all(calls)).flat());
}

class SlowCreation {
  begun = 0;
  fails = false;

  readonly create = async (): Promise<FacebookAdsAgent> => {
    this.begun += 1;
    await sleep(CREATION_MS);
    if (this.fails) throw new Error('no agent can be had');
    return buildAgent();
  };
}

interface Outcome {
  waitMs: number;
  failed: boolean;
}

const there = Promise.resolve({});
/** A cache that costs nothing. */
const NOTHING: OpenCache = { get: () => there, close: () => {} };

/** Has the engine compile the harness, whose own cost would else be told as the first contender's. */
async function warmUpHarness(): Promise<void> {
  for (let round = 0; round < 50; round += 1) await stampede(NOTHING);
}

/** Nothing but the calls themselves between the first caller and the last. */
async function stampede(cache: OpenCache): Promise<Outcome[]> {
  const begins = new Float64Array(CALLERS);
  const outcomes: Outcome[] = [];
  const calls: Promise<unknown>[] = [];
  for (let caller = 0; caller < CALLERS; caller += 1) {
    begins[caller] = performance.now();
    calls.push(observe(cache.get(), begins, caller, outcomes));
  }
  await Promise.all(calls);
  return outcomes;
}

async function timed(cache: OpenCache): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await observe(cache.get(), Float64Array.of(performance.now()), 0, outcomes);
  return outcomes;
}

function observe(call: Promise<unknown>, begins: Float64Array, caller: number, outcomes: Outcome[]) {
  const note = (failed: boolean) => {
    outcomes.push({ waitMs: performance.now() - (begins[caller] ?? 0), failed });
  };
  // Some caches answer a failure with nothing instead of an error.
  return call.then(
    (agent) => note(agent === undefined),
    () => note(true),
  );
}

function finish(
  scenario: Scenario,
  contender: Contender,
  cache: OpenCache,
  creation: SlowCreation,
  outcomes: Outcome[],
  machine?: Outcome[],
): HerdRow {
  cache.close();
  return rowOf(scenario, contender, creation, outcomes, machine);
}

function rowOf(
  scenario: Scenario,
  { name }: Contender,
  creation: SlowCreation,
  outcomes: Outcome[],
  machine?: Outcome[],
): HerdRow {
  const errors = outcomes.filter(({ failed }) => failed).length;
  const machineP99Ms = machine && p99(machine);
  return { scenario, name, creations: creation.begun, p99Ms: p99(outcomes), machineP99Ms, errors };
}

function p99(outcomes: readonly Outcome[]): number {
  const waits = outcomes.map(({ waitMs }) => waitMs);
  return round2(quantile(waits, 0.99));
}
