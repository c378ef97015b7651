import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again until `look` answers something true, and answers that. @throws at the deadline */
export async function eventually<T>(what: string, look: () => Promise<T> | T, seconds = 10): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await delay(10);
  }
}
