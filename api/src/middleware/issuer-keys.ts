import { Gauge } from 'prom-client';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { logger } from '../observability/logger.ts';
import { registry } from '../observability/prometheus.ts';

/** Times in milliseconds. */
export interface IssuerKeysOptions {
  timeout?: number;
  /** After which known keys are read anew, while they go on being used. */
  refreshAfter?: number;
  /** From a reading, whichever way it ended, to the next one that an unknown key may cause. */
  cooldown?: number;
}

const DEFAULTS = { timeout: 3000, refreshAfter: 600_000, cooldown: 5000 };

let age: (() => number) | undefined;

new Gauge({
  name: 'jwt_keys_age_seconds',
  help: "Time since the issuer's keys were read; absent before that, and where none are read",
  registers: [registry],
  collect() {
    this.remove();
    const seconds = age?.() ?? Number.NaN;
    if (Number.isFinite(seconds)) this.set(seconds);
  },
});

/**
 * The keys that an issuer publishes. Those that are known stay good while its server is away, and nobody waits
 * for it then; a key that is not known is asked for.
 */
export class IssuerKeys {
  readonly #url: string;
  readonly #options: Required<IssuerKeysOptions>;
  #known: ReturnType<typeof createLocalJWKSet> | undefined;
  /** As the issuer wrote them. */
  #text: string | undefined;
  #read: Moment | undefined;
  #tried: Moment | undefined;
  #reading: Promise<void> | undefined;
  #failure: unknown;

  constructor(url: string, options: IssuerKeysOptions = {}) {
    this.#url = url;
    this.#options = { ...DEFAULTS, ...options };
    age = () => since(this.#read) / 1000;
  }

  /** Finds the key of a token, for jose. @throws what kept the keys from being read, when this one is not known */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (!this.#known) await this.#reread();
    else this.#keepFresh();
    try {
      return await this.#lookUp(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#reread();
      return this.#lookUp(header, token);
    }
  };

  /** What stands for the keys that are known now: equal as long as the issuer publishes the same. */
  current(): string | undefined {
    if (this.#known) this.#keepFresh();
    return this.#text;
  }

  #keepFresh(): void {
    if (since(this.#read) > this.#options.refreshAfter) this.#reread().catch(() => undefined);
  }

  async #lookUp(...args: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    if (!this.#known) throw this.#failure;
    return this.#known(...args);
  }

  /** At most once at a time, and not again at once. @throws when it cannot be read, or could not a moment ago */
  async #reread(): Promise<void> {
    if (!this.#reading && since(this.#tried) < this.#options.cooldown) {
      if (this.#failure !== undefined) throw this.#failure;
      return;
    }
    this.#reading ??= this.#fetch().finally(() => {
      this.#reading = undefined;
      this.#tried = now();
    });
    await this.#reading;
  }

  async #fetch(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(this.#options.timeout);
      const headers = { accept: 'application/jwk-set+json, application/json' };
      const response = await fetch(this.#url, { signal, headers, redirect: 'manual' });
      if (response.status !== 200) throw new Error(`The issuer answered ${response.status} for its keys`);
      const text = await response.text();
      this.#known = createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      this.#text = text;
      this.#read = now();
      if (this.#failure !== undefined) logger.info("The issuer's keys can be read again");
      this.#failure = undefined;
    } catch (error) {
      if (this.#failure === undefined) {
        logger.warn("The issuer's keys cannot be read: tokens of the keys that are known pass", { error });
      }
      this.#failure = error;
      throw error;
    }
  }
}

interface Moment {
  monotonic: number;
  wall: number;
}

function now(): Moment {
  return { monotonic: performance.now(), wall: Date.now() };
}

/** Milliseconds; what one of the clocks says at least, so that one that is set back holds nothing up. */
function since(moment: Moment | undefined): number {
  if (!moment) return Number.POSITIVE_INFINITY;
  return Math.max(performance.now() - moment.monotonic, Date.now() - moment.wall);
}
