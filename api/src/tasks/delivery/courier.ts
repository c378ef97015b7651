import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { failureOf, IntegrationThrottledError } from '../../integrations/integration-errors.ts';
import type { N8nClient } from '../../integrations/n8n-client.ts';
import type { NotionClient } from '../../integrations/notion-client.ts';
import { CircuitOpenError } from '../../resilience/circuit.ts';
import { logger } from '../../observability/logger.ts';
import { describeError } from '../../observability/serialize.ts';
import type { Documents } from '../../stores/documents.ts';
import type { ClaimTimes } from '../../stores/once-ledger.ts';
import type { Stores } from '../../stores/stores.ts';
import { countDelivery, showWaiting } from './delivery-metrics.ts';
import { LANES, type Lane, laneOf, type Letter, type NewLetter } from './letter.ts';

export interface CourierDeps {
  stores: Stores;
  n8n: N8nClient;
  notion: NotionClient;
}

/** Times in seconds. */
export interface CourierOptions {
  /** How long a claim stands while its owner gives no sign of life. */
  lease?: number;
  /** From a failed try to the next, doubled by each further one up to an hour. */
  retryAfter?: number;
  /** How often the outbox is looked through. */
  lookEvery?: number;
}

export interface DeliveryCounts {
  sent: number;
  /** In the outbox, to be sent later. */
  deferred: number;
}

const DAY_SECONDS = 86_400;
/** What could not be sent for so long is given up: nobody wants to hear of it any more. */
const GIVE_UP_AFTER_SECONDS = 3 * DAY_SECONDS;
/** For how long what was sent is remembered: longer than it could be sent again. */
const REMEMBER_SECONDS = 7 * DAY_SECONDS;
const LONGEST_RETRY_SECONDS = 3600;
/** A system that asks for so little patience is waited for. */
const THROTTLE = { seconds: 30, tries: 6 };

/**
 * Sends what tasks have to say, each letter once. A letter is in the store before it is tried, so that one that
 * could not be sent, or whose process died, is sent later. Each channel has a lane of its own: one that hangs
 * holds no other up.
 */
export class Courier {
  readonly #deps: CourierDeps;
  readonly #outbox: Documents<Letter>;
  readonly #options: Required<CourierOptions>;
  readonly #owner = randomUUID();
  /** Letters that this process is at. */
  readonly #inHand = new Set<string>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(deps: CourierDeps, { lease = 30, retryAfter = 30, lookEvery = 10 }: CourierOptions = {}) {
    this.#deps = deps;
    this.#outbox = deps.stores.documents<Letter>('outbox');
    this.#options = { lease, retryAfter, lookEvery };
  }

  /** Whether a lane leads anywhere. */
  serves(lane: Lane): boolean {
    return this.#deps[lane].configured;
  }

  /**
   * Takes letters over: from now on they are sent, however often the process ends. A letter whose id was sent or
   * taken before is not taken again. Rejects when they cannot be kept; then they have to be given again.
   * @returns what is to be given to `deliver`
   */
  async accept(letters: readonly NewLetter[]): Promise<Letter[]> {
    const accepted: Letter[] = [];
    for (const letter of letters) {
      if (!this.serves(laneOf(letter)) || (await this.#deps.stores.ledger.isDone(letter.id))) continue;
      const known = await this.#outbox.get(letter.id);
      const taken = known ?? { ...letter, acceptedAt: new Date().toISOString(), tries: 0, nextTry: 0 };
      if (!known) await this.#outbox.put(letter.id, taken, GIVE_UP_AFTER_SECONDS + DAY_SECONDS);
      accepted.push(taken);
    }
    return accepted;
  }

  /** Tries each letter now, lane by lane. What fails stays in the outbox. Never rejects. */
  async deliver(letters: readonly Letter[]): Promise<DeliveryCounts> {
    const lanes = LANES.map((lane) => this.#deliverLane(letters.filter((letter) => laneOf(letter) === lane)));
    const counts = await Promise.all(lanes);
    return counts.reduce((sum, each) => ({
      sent: sum.sent + each.sent,
      deferred: sum.deferred + each.deferred,
    }));
  }

  /** Sends what is due in the outbox. Never rejects. */
  async look(): Promise<void> {
    try {
      const letters = (await this.#outbox.entries()).map(([, letter]) => letter);
      showWaiting(letters.length);
      const now = Date.now();
      const longest = LONGEST_RETRY_SECONDS * 1000;
      // One that is due further off than any can be was put off before the clock was set back.
      await this.deliver(letters.filter(({ nextTry }) => nextTry <= now || nextTry > now + 2 * longest));
    } catch (error) {
      logger.warn('The outbox cannot be read', { reason: describeError(error, { stack: false }) });
    }
  }

  /** Looks through the outbox now and then; its timer does not keep the process alive. */
  start(): void {
    if (this.#timer || this.#stopping.signal.aborted) return;
    const look = () => {
      this.#looking = this.look().then(() => {
        if (!this.#stopping.signal.aborted) this.#timer?.refresh();
      });
    };
    this.#timer = setTimeout(look, this.#options.lookEvery * 1000).unref();
    look();
  }

  /** Begins nothing more. What is under way is the caller's to wait for. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #deliverLane(letters: readonly Letter[]): Promise<DeliveryCounts> {
    const counts: DeliveryCounts = { sent: 0, deferred: 0 };
    for (const [index, letter] of letters.entries()) {
      if (this.#stopping.signal.aborted) {
        counts.deferred += letters.length - index;
        break;
      }
      if (this.#inHand.has(letter.id)) continue;
      this.#inHand.add(letter.id);
      try {
        const outcome = await this.#deliverOne(letter);
        if (outcome === 'sent') counts.sent += 1;
        if (outcome === 'deferred') counts.deferred += 1;
      } finally {
        this.#inHand.delete(letter.id);
      }
    }
    return counts;
  }

  async #deliverOne(letter: Letter): Promise<'sent' | 'deferred' | 'theirs'> {
    const { ledger } = this.#deps.stores;
    try {
      const times = { lease: this.#options.lease, ttl: REMEMBER_SECONDS };
      const claim = await ledger.claim(letter.id, this.#owner, times);
      if (claim.state === 'theirs') return 'theirs';
      if (claim.state === 'ours') {
        // Whatever was said of it when it was listed: somebody may have sent it since.
        if ((await this.#outbox.get(letter.id)) === undefined) return 'theirs';
        await this.#whileClaimed(letter.id, times, () => this.#sendPatiently(letter, claim.triedSince));
        await ledger.done(letter.id, REMEMBER_SECONDS);
        countDelivery(letter, 'sent');
      }
      await this.#outbox.remove(letter.id);
      return claim.state === 'done' ? 'theirs' : 'sent';
    } catch (error) {
      await this.#putOff(letter, error);
      return 'deferred';
    }
  }

  /** A workflow may take longer than a claim stands: its owner gives signs of life meanwhile. */
  async #whileClaimed(id: string, times: ClaimTimes, work: () => Promise<void>): Promise<void> {
    const renew = () => void this.#deps.stores.ledger.claim(id, this.#owner, times).catch(() => undefined);
    const renewal = setInterval(renew, (times.lease * 1000) / 3).unref();
    try {
      await work();
    } finally {
      clearInterval(renewal);
    }
  }

  async #sendPatiently(letter: Letter, triedSince: Date | undefined): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send(letter, triedSince);
      } catch (error) {
        if (!(error instanceof IntegrationThrottledError) || attempt >= THROTTLE.tries) throw error;
        const seconds = Number(error.headers['Retry-After'] ?? 1);
        if (seconds > THROTTLE.seconds) throw error;
        await delay(seconds * 1000, undefined, { signal: this.#stopping.signal, ref: false });
      }
    }
  }

  async #send(letter: Letter, triedSince: Date | undefined): Promise<void> {
    const { n8n, notion } = this.#deps;
    if (letter.channel !== 'notion') {
      await n8n.send({ ...letter.event, id: letter.id });
      return;
    }
    const { title, mark = title, isOnePerDay = false } = letter.page;
    const since = isOnePerDay ? startOfDay(new Date()) : triedSince;
    const made = since && (await notion.findPage({ mark, since }));
    if (!made) await notion.createPage(letter.page);
    else if (isOnePerDay) await notion.updatePage(made.id, letter.page);
  }

  async #putOff(letter: Letter, error: unknown): Promise<void> {
    const { retryAfter } = this.#options;
    const asked = Number(Object(error).headers?.['Retry-After'] ?? 0);
    const doubled = Math.min(LONGEST_RETRY_SECONDS, retryAfter * 2 ** Math.min(letter.tries, 20));
    // An open circuit is nothing that the letter has to answer for.
    const wasTried = failureOf(error) !== undefined && !(error instanceof CircuitOpenError);
    const seconds = Math.min(LONGEST_RETRY_SECONDS, Math.max(wasTried ? doubled : retryAfter, asked));
    const age = (Date.now() - Date.parse(letter.acceptedAt)) / 1000;
    try {
      await this.#deps.stores.ledger.release(letter.id, this.#owner);
      if (age > GIVE_UP_AFTER_SECONDS) {
        await this.#outbox.remove(letter.id);
        countDelivery(letter, 'dropped');
        logger.error(`${letter.what} through ${letter.channel} given up`, { error });
        return;
      }
      const next = {
        ...letter,
        tries: letter.tries + (wasTried ? 1 : 0),
        nextTry: Date.now() + seconds * 1000,
      };
      await this.#outbox.put(letter.id, next, GIVE_UP_AFTER_SECONDS + DAY_SECONDS);
    } catch {
      // The store has said so; the letter is still there as it was.
    }
    countDelivery(letter, 'failed');
    const level = letter.tries === 0 ? 'error' : 'warn';
    logger.log(level, `${letter.what} through ${letter.channel} failed: it will be sent later`, {
      retry_in_seconds: Math.round(seconds),
      reason: describeError(error, { stack: false }),
    });
  }
}

function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}
