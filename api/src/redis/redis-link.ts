import type { Redis } from 'ioredis';
import type { RedisSettings } from '../config.ts';
import { ServiceUnavailableError } from '../errors.ts';
import { logger } from '../observability/logger.ts';
import { describeError } from '../observability/serialize.ts';
import { bounded } from './bounded.ts';
import { createConnection } from './connection.ts';
import { isRefusal } from './is-refusal.ts';
import { createRedisKeys, type RedisKeys } from './keys.ts';
import { redisErrors, registerLink } from './redis-metrics.ts';

/** What everything gets that asks Redis while it is away. */
export class RedisUnavailableError extends ServiceUnavailableError {
  constructor(options?: ErrorOptions) {
    super('Redis is not available', undefined, options);
  }
}

/** What a caller asks for beside the answer. */
export interface RunOptions {
  /** For who has another way: goes on without Redis after a fifth of the time. Default false. */
  impatient?: boolean;
  /**
   * Undoes the work. Redis may yet do what nobody waited for: this runs as soon as it has, or is back.
   */
  undo?: (redis: Redis) => Promise<unknown>;
}

const PROBE_MS = { up: 2000, down: 200 };
/** The part of the timeout that an impatient caller waits. */
const IMPATIENCE = 0.2;
const HEARTBEAT_TTL_MS = 60_000;

/**
 * The connection that commands go through. Redis may be refused, slow, half-open, full or read-only:
 * the first commands that meet it wait for `timeoutSeconds` at most, all after them fail at once, and
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
  /** Operations that Redis answers and refuses. */
  readonly #refused = new Set<string>();
  /** For when Redis is back. */
  #undos: ((redis: Redis) => Promise<unknown>)[] = [];
  #settle: () => void = () => undefined;
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor({ url, prefix, timeoutSeconds }: RedisSettings) {
    this.#timeoutMs = timeoutSeconds * 1000;
    this.#redis = createConnection(url, 'commands');
    this.keys = createRedisKeys(prefix, this.#redis.options.db);
    this.#redis.on('error', (error) => this.#fault(error));
    this.#redis.on('ready', () => void this.#probe());
    this.#redis.on('close', () => this.#down(this.#lastError ?? new Error('Connection closed')));
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  /** Connects and begins to probe. Returns at once. */
  start(): void {
    registerLink(() => this.up);
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
   * @throws {RedisUnavailableError} at once while Redis is away, and when it is too slow
   * @throws {ReplyError} what Redis says against these commands alone
   */
  async run<T>(
    operation: string,
    work: (redis: Redis) => Promise<T>,
    { impatient = false, undo }: RunOptions = {},
  ): Promise<T> {
    if (!this.up) {
      redisErrors.inc({ operation });
      throw new RedisUnavailableError({ cause: this.#lastError });
    }
    const answer = work(this.#redis);
    const watched = this.#watch(operation, answer);
    try {
      return await (impatient ? bounded(watched, this.#timeoutMs * IMPATIENCE) : watched);
    } catch (cause) {
      redisErrors.inc({ operation });
      if (isRefusal(cause)) throw cause;
      if (undo) this.#undoAfter(answer, undo);
      throw new RedisUnavailableError({ cause });
    }
  }

  stop(): void {
    this.#stopped = true;
    registerLink(undefined);
    clearTimeout(this.#probeTimer);
    this.#redis.disconnect();
  }

  /** The answer, and what is to be learnt from it about Redis. */
  async #watch<T>(operation: string, answer: Promise<T>): Promise<T> {
    try {
      const value = await bounded(answer, this.#timeoutMs);
      this.#refused.delete(operation);
      return value;
    } catch (error) {
      if (isRefusal(error)) this.#refuse(operation, error);
      else this.#down(error);
      throw error;
    }
  }

  #refuse(operation: string, error: Error): void {
    // Its scripts are loaded anew by who meets this.
    if (error.message.startsWith('NOSCRIPT') || this.#refused.has(operation)) return;
    this.#refused.add(operation);
    logger.warn('Redis refuses an operation: this process goes on without it', {
      operation,
      reason: error.message,
    });
  }

  #undoAfter(answer: Promise<unknown>, undo: (redis: Redis) => Promise<unknown>): void {
    answer.then(
      () => void undo(this.#redis).catch(() => undefined),
      () => void this.#undos.push(undo),
    );
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
    logger.info('Redis is available');
    this.#settle();
    for (const undo of this.#undos.splice(0)) undo(this.#redis).catch(() => undefined);
    for (const listener of this.#upListeners) listener();
  }

  #down(error: unknown): void {
    if (this.#stopped || this.#state === 'down') return;
    this.#state = 'down';
    this.#lastError = error;
    const reason = describeError(error, { stack: false });
    logger.warn('Redis is not available: this process goes on without it', { reason });
    this.#settle();
    this.#scheduleProbe();
  }
}
