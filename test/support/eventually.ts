import { setTimeout as delay } from 'node:timers/promises';

/**
 * Looks again and again until `look` answers something true, and answers that. The deadline only ends what hangs.
 * @throws at the deadline
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T> | T,
  seconds = 300,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await delay(10);
  }
}
