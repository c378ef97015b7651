import type { Redis } from 'ioredis';
import type { RedisSettings } from '../config.ts';
import { logger } from '../observability/logger.ts';
import { describeError } from '../observability/serialize.ts';
import { bounded } from './bounded.ts';
import { createConnection } from './connection.ts';
import { createRedisKeys, type RedisKeys } from './keys.ts';
import { redisErrors, redisUp } from './redis-metrics.ts';

/** What everything gets that asks Redis while it is away. */
export class RedisUnavailableError extends Error {
  constructor(options?: ErrorOptions) {
    super('Redis is not available', options);
    this.name = 'RedisUnavailableError';
  }
}

const PROBE_MS = { up: 2000, down: 200 };
const HEARTBEAT_TTL_MS = 60_000;

/**
 * The connection that commands go through. Redis may be refused, slow, half-open, full or read-only:
 * the first command that meets it waits for `timeoutSeconds` at most, all after it fail at once, and
 * a probe that writes finds out when Redis is back. Each change of state is logged once.
 */
export class RedisLink {
  readonly keys: RedisKeys;
  readonly #redis: Redis;
  readonly #timeoutMs: number;
  #state: 'unknown' | 'up' | 'down' = 'unknown';
  #probeTimer: NodeJS.Timeout | undefined;
  #lastError: unknown;
  #probing = false;
  #stopped = false;
  readonly #upListeners = new Set<() => void>();
  #settle: () => void = () => undefined;
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor({ url, prefix, timeoutSeconds }: RedisSettings) {
    this.keys = createRedisKeys(prefix);
    this.#timeoutMs = timeoutSeconds * 1000;
    this.#redis = createConnection(url, 'commands');
    this.#redis.on('error', (error) => this.#fault(error));
    this.#redis.on('ready', () => void this.#probe());
    this.#redis.on('close', () => this.#down(this.#lastError ?? new Error('Connection closed')));
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  /** Connects and begins to probe. Returns at once. */
  start(): void {
    // A failure comes as an event too.
    this.#redis.connect().catch(() => undefined);
    this.#scheduleProbe();
  }

  /** Resolves when Redis is known to answer or not, or after `timeoutSeconds`. */
  async settled(): Promise<void> {
    if (this.#state !== 'unknown') return;
    await bounded(this.#settled, this.#timeoutMs).catch((error) => this.#down(error));
  }

  /** Calls `listener` each time Redis becomes available, at once if it is. */
  onUp(listener: () => void): void {
    this.#upListeners.add(listener);
    if (this.up) listener();
  }

  /**
   * Runs commands, bounded in time.
   * @param operation names it in the metrics
   * @throws {RedisUnavailableError} at once while Redis is away
   */
  async run<T>(operation: string, work: (redis: Redis) => Promise<T>): Promise<T> {
    if (!this.up) {
      redisErrors.inc({ operation });
      throw new RedisUnavailableError({ cause: this.#lastError });
    }
    try {
      return await bounded(work(this.#redis), this.#timeoutMs);
    } catch (cause) {
      redisErrors.inc({ operation });
      this.#down(cause);
      throw new RedisUnavailableError({ cause });
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#probeTimer);
    this.#redis.disconnect();
  }

  #fault(error: unknown): void {
    this.#lastError = error;
    this.#down(error);
  }

  async #probe(): Promise<void> {
    if (this.#probing || this.#stopped || this.#redis.status !== 'ready') return;
    this.#probing = true;
    try {
      // Writes: a Redis that is full or a replica must count as away.
      const beat = this.#redis.set(this.keys.heartbeat, '1', 'PX', HEARTBEAT_TTL_MS);
      await bounded(beat, this.#timeoutMs);
      this.#becomeUp();
    } catch (error) {
      this.#down(error);
    } finally {
      this.#probing = false;
    }
  }

  #scheduleProbe(): void {
    clearTimeout(this.#probeTimer);
    if (this.#stopped) return;
    const milliseconds = PROBE_MS[this.up ? 'up' : 'down'] * (0.75 + Math.random() / 2);
    const probe = () => void this.#probe().finally(() => this.#scheduleProbe());
    this.#probeTimer = setTimeout(probe, milliseconds).unref();
  }

  #becomeUp(): void {
    if (this.up || this.#stopped) return;
    this.#state = 'up';
    this.#lastError = undefined;
    redisUp.set(1);
    logger.info('Redis is available');
    this.#settle();
    for (const listener of this.#upListeners) listener();
  }

  #down(error: unknown): void {
    if (this.#stopped || this.#state === 'down') return;
    this.#state = 'down';
    this.#lastError = error;
    redisUp.set(0);
    const reason = describeError(error, { stack: false });
    logger.warn('Redis is not available: this process goes on without it', { reason });
    this.#settle();
    this.#scheduleProbe();
  }
}
