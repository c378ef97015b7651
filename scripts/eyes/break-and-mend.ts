import { type Breakage, LANES, REDIS_DOWN } from './breakages.ts';
import type { World } from './world.ts';

/** What is told while things are broken and mended. */
export type Say = (line: string) => void;

/** Breaks each thing in turn: returns when every alert that belongs to it has come and gone. */
export async function breakAndMend(world: World, say: Say): Promise<void> {
  await Promise.all(LANES.map((lane) => inTurn(world, lane, say)));
  await inTurn(world, [REDIS_DOWN], say);
}

async function inTurn(world: World, breakages: readonly Breakage[], say: Say): Promise<void> {
  const { inbox } = world;
  for (const { name, fires, ...breakage } of breakages) {
    const startedAt = performance.now();
    const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
    await breakage.break(world);
    say(`broken: ${name}`);
    await Promise.all(
      fires.map(async (alert) => {
        await inbox.fired(alert);
        say(`  ${alert} is on (${seconds()})`);
      }),
    );
    await breakage.mend(world);
    await Promise.all(fires.map((alert) => inbox.cleared(alert)));
    say(`mended: ${name}; ${fires.join(', ')} off (${seconds()})`);
  }
}
