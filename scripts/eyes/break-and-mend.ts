import { setTimeout as delay } from 'node:timers/promises';
import { type Breakage, LANES, REDIS_DOWN } from './breakages.ts';
import type { World } from './world.ts';

/** What is told while things are broken and mended. */
export type Say = (line: string) => void;

/** Only ends what hangs. */
const DEADLINE_SECONDS = 300;
const PAUSE_MS = 250;

/**
 * Breaks each thing in turn: returns when every alert that belongs to it has come and gone.
 * @throws {Error} names the alerts that did not come, or did not go
 */
export async function breakAndMend(world: World, say: Say): Promise<void> {
  await Promise.all(LANES.map((lane) => inTurn(world, lane, say)));
  await inTurn(world, [REDIS_DOWN], say);
}

async function inTurn(world: World, breakages: readonly Breakage[], say: Say): Promise<void> {
  for (const breakage of breakages) await breakThenMend(world, breakage, say);
}

async function breakThenMend(world: World, breakage: Breakage, say: Say): Promise<void> {
  const { name, fires } = breakage;
  const { inbox } = world;
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  say(`breaking: ${name}`);
  const awaited = new Set(fires);
  // Listened to from the first moment: an alert may have come before all of the breaking is done.
  const coming = Promise.all(
    fires.map(async (alert) => {
      await inbox.fired(alert);
      awaited.delete(alert);
      say(`  ${alert} is on (${seconds()})`);
    }),
  );
  await breakage.break(world);
  await withinDeadline(
    async (signal) => {
      await keepOnUntil(coming, () => breakage.keep?.(world), signal);
    },
    () => `${name}: ${[...awaited].join(', ')} did not come`,
  );
  await breakage.mend(world);
  await withinDeadline(
    () => Promise.all(fires.map((alert) => inbox.cleared(alert))),
    () => `${name} is mended, and these stay: ${inbox.firing().join(', ')}`,
  );
  say(`mended: ${name}; ${fires.join(', ')} off (${seconds()})`);
}

/** Does it again and again until the end of `ending`, or until it is called off. */
async function keepOnUntil(
  ending: Promise<unknown>,
  work: () => unknown,
  signal: AbortSignal,
): Promise<void> {
  let ended = false;
  const end = ending.finally(() => {
    ended = true;
  });
  while (!ended && !signal.aborted) {
    await work();
    await Promise.race([end, delay(PAUSE_MS)]);
  }
}

/** @throws {Error} with those words at the deadline, when the work is called off */
async function withinDeadline(
  work: (signal: AbortSignal) => Promise<unknown>,
  inWords: () => string,
): Promise<void> {
  const calledOff = new AbortController();
  const inTime = new AbortController();
  const late = delay(DEADLINE_SECONDS * 1000, 'late' as const, { signal: inTime.signal }).catch(
    () => 'in time' as const,
  );
  const first = await Promise.race([work(calledOff.signal), late]);
  inTime.abort();
  calledOff.abort();
  if (first === 'late') throw new Error(`Not within ${DEADLINE_SECONDS} s. ${inWords()}`);
}
