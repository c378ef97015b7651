import { GraphThrottleError } from './graph-errors.ts';
import type { GraphOperation } from './graph-operation.ts';
import type { GraphUsage } from './graph-usage.ts';

/** Above this share of a limit (per cent) calls are spaced out, before Facebook blocks them. */
const PACE_ABOVE_PERCENT = 95;
/** Milliseconds between calls just above the mark, and at the limit. */
const SPACING_MS = { least: 200, most: 2000 };
/** A reading counts for this long (ms): an idle account regains its calls unseen. */
const READING_LASTS_MS = 60_000;
/** While Facebook takes no calls, one is let through this often (ms): its estimate is a guess. */
const PROBE_EVERY_MS = 2000;

/** Holds calls back by what Graph's usage headers said last. */
export class GraphPacer {
  #usedPercent = 0;
  #readAt = 0;
  #nextSlotAt = 0;
  #blockedUntil = 0;
  #nextProbeAt = 0;

  /** Takes in the headers of an answer; an answer without any says nothing new. */
  learn(usage: GraphUsage): void {
    const percents = Object.values(usage.percent);
    if (percents.length === 0) return;
    this.#usedPercent = Math.max(...percents);
    this.#readAt = performance.now();
  }

  /** Facebook refused a call and named the time (seconds) after which it takes calls again. */
  block(seconds: number): void {
    const now = performance.now();
    this.#blockedUntil = now + seconds * 1000;
    this.#nextProbeAt = now + PROBE_EVERY_MS;
  }

  /** Facebook took a call: whatever it estimated before is over. */
  unblock(): void {
    this.#blockedUntil = 0;
  }

  /**
   * Milliseconds that the next call has to wait; takes the slot.
   * @throws GraphThrottleError when the wait does not fit the operation's budget.
   */
  reserve(operation: GraphOperation): number {
    const now = performance.now();
    const blockedFor = this.#blockedUntil - now;
    if (blockedFor > 0) {
      if (now < this.#nextProbeAt) throw new GraphThrottleError({ reason: 'blocked' }, blockedFor / 1000);
      this.#nextProbeAt = now + PROBE_EVERY_MS;
      return 0;
    }
    const spacing = this.#spacingMs(now);
    if (spacing === 0) return 0;
    const slot = Math.max(now, this.#nextSlotAt);
    if (slot - now > operation.remainingMs) {
      throw new GraphThrottleError({ reason: 'paced' }, (slot - now) / 1000);
    }
    this.#nextSlotAt = slot + spacing;
    return slot - now;
  }

  #spacingMs(now: number): number {
    if (this.#usedPercent <= PACE_ABOVE_PERCENT || now - this.#readAt > READING_LASTS_MS) return 0;
    const share = Math.min(1, (this.#usedPercent - PACE_ABOVE_PERCENT) / (100 - PACE_ABOVE_PERCENT));
    return SPACING_MS.least + share * (SPACING_MS.most - SPACING_MS.least);
  }
}
