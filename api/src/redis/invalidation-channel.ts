import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RedisSettings } from '../config.ts';
import { logger } from '../observability/logger.ts';
import { bounded } from './bounded.ts';
import { createConnection } from './connection.ts';
import { invalidations } from './redis-metrics.ts';
import type { RedisLink } from './redis-link.ts';

const PING_MS = 2000;

/**
 * Carries invalidations between processes so that none is missed. Each one sets a token and publishes
 * it. A message may be lost with its connection, so after every (re)subscription, and now and then, a
 * process compares the token with the one that it knows, and takes any difference for an invalidation.
 */
export class InvalidationChannel {
  readonly #link: RedisLink;
  readonly #subscriber: Redis;
  readonly #timeoutMs: number;
  readonly #pollMs: number;
  readonly #onInvalidate: () => void;
  /** A token before which no invalidation has gone unheard. */
  #known: string | undefined;
  /** Each subscription has a number; `#subscribed` is whether the last one stands. */
  #subscriptions = 0;
  #subscribed = false;
  /** Whether the tokens have been compared since the subscription began: all is heard from then on. */
  #synced = false;
  /** Whether agents may have been created before the first comparison. */
  #blind = false;
  /** Published here, and not heard yet. */
  readonly #own = new Set<string>();
  #unpublished = false;
  #last: Promise<boolean> = Promise.resolve(false);
  #timers: NodeJS.Timeout[] = [];
  #onFirstComparison: () => void = () => undefined;
  readonly #firstComparison = new Promise<void>((resolve) => {
    this.#onFirstComparison = resolve;
  });

  /** @param onInvalidate hears what other processes invalidate. */
  constructor(link: RedisLink, settings: RedisSettings, onInvalidate: () => void) {
    const { url, pollSeconds, timeoutSeconds } = settings;
    this.#link = link;
    this.#timeoutMs = timeoutSeconds * 1000;
    this.#pollMs = pollSeconds * 1000;
    this.#onInvalidate = onInvalidate;
    this.#subscriber = createConnection(url, 'invalidations');
    // The link tells of a Redis that is away.
    this.#subscriber.on('error', () => undefined);
    this.#subscriber.on('close', () => this.#lose());
    this.#subscriber.on('ready', () => void this.#subscribe());
    this.#subscriber.on('message', (_channel, token) => this.#hear(token));
  }

  /** Connects, and returns at once. */
  start(): void {
    this.#subscriber.connect().catch(() => undefined);
    this.#link.onUp(() => {
      void this.#compare();
      if (this.#unpublished) void this.publish();
    });
    this.#poll();
    // Finds out that a connection is half-open, on which nothing would ever arrive.
    const ping = () => void this.#subscriber.ping().catch(() => undefined);
    this.#timers.push(setInterval(ping, PING_MS).unref());
  }

  /**
   * Tells the other processes. What Redis does not take now is told as soon as it is back.
   * @returns whether Redis took it
   */
  publish(): Promise<boolean> {
    this.#last = this.#publish();
    return this.#last;
  }

  /** How the last publication went; false before the first. */
  get lastPublication(): Promise<boolean> {
    return this.#last;
  }

  /** Resolves after the first comparison, or when Redis is found to be away. */
  async settled(): Promise<void> {
    await this.#link.settled();
    const wait = this.#link.up ? bounded(this.#firstComparison, this.#timeoutMs) : Promise.reject();
    await wait.catch(() => {
      this.#blind = true;
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#subscriber.disconnect();
  }

  async #publish(): Promise<boolean> {
    const { invalidationToken, invalidationChannel } = this.#link.keys;
    const token = randomUUID();
    this.#own.add(token);
    try {
      await this.#link.run('publish', async (redis) => {
        const transaction = redis.multi().set(invalidationToken, token).publish(invalidationChannel, token);
        const failure = (await transaction.exec())?.find(([error]) => error)?.[0];
        if (failure) throw failure;
      });
    } catch {
      this.#own.delete(token);
      this.#unpublished = true;
      invalidations.inc({ outcome: 'unpublished' });
      return false;
    }
    this.#unpublished = false;
    invalidations.inc({ outcome: 'published' });
    return true;
  }

  #lose(): void {
    this.#subscriptions += 1;
    this.#subscribed = false;
    this.#synced = false;
    this.#own.clear();
  }

  async #subscribe(): Promise<void> {
    this.#lose();
    const subscription = this.#subscriptions;
    try {
      await this.#subscriber.subscribe(this.#link.keys.invalidationChannel);
    } catch {
      if (subscription === this.#subscriptions) this.#subscriber.disconnect(true);
      return;
    }
    if (subscription !== this.#subscriptions) return;
    this.#subscribed = true;
    await this.#compare();
  }

  /** Messages of one subscription come in the order of their publication. */
  #hear(token: string): void {
    if (this.#own.delete(token)) {
      // Until the tokens are compared, another invalidation may have gone unheard before our own.
      if (this.#synced) this.#known = token;
      return;
    }
    if (token === this.#known) return;
    this.#known = token;
    invalidations.inc({ outcome: 'received' });
    this.#tell('message');
  }

  /** Only a token that is read after the subscription began leaves no gap before its messages. */
  async #compare(): Promise<void> {
    const subscription = this.#subscriptions;
    const { subscribed, synced, known } = this.#position();
    let token: string;
    try {
      token = await this.#link.run('compare', (redis) => this.#readToken(redis));
    } catch {
      // The link calls again when it is up.
      return;
    }
    const unbroken = subscription === this.#subscriptions;
    if (subscribed && unbroken) this.#synced = true;
    this.#onFirstComparison();
    if (token === this.#known) return;
    // What was published while all is heard comes as a message, if it has not come already.
    if (synced && unbroken && (this.#own.has(token) || this.#known !== known)) return;
    this.#known = token;
    if (known === undefined && !this.#blind) return;
    invalidations.inc({ outcome: 'found' });
    this.#tell('comparison');
  }

  #position() {
    return { subscribed: this.#subscribed, synced: this.#synced, known: this.#known };
  }

  /** Sets one where there is none, so that Redis without its memory is noticed even twice in a row. */
  async #readToken(redis: Redis): Promise<string> {
    const fresh = randomUUID();
    const key = this.#link.keys.invalidationToken;
    return (await redis.set(key, fresh, 'NX', 'GET')) ?? fresh;
  }

  #tell(how: 'message' | 'comparison'): void {
    logger.info('FacebookAdsAgent cache invalidated by another process', { by: how });
    this.#onInvalidate();
  }

  #poll(): void {
    const milliseconds = this.#pollMs * (0.5 + Math.random());
    const next = () => {
      void this.#compare();
      this.#poll();
    };
    this.#timers[0] = setTimeout(next, milliseconds).unref();
  }
}
