import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CachedProvider } from '../../../../api/src/utils/cached-provider.ts';
import type { FakeTime } from './fake-time.ts';
import type { Step } from './provider-step.ts';

export type ProviderClass = typeof CachedProvider;

interface Value {
  readonly creation: Creation;
}

interface Creation {
  /** How many invalidations there had been when it began. */
  readonly epoch: number;
  readonly begun: Moment;
  readonly signal: AbortSignal;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
  settled: boolean;
}

interface Held {
  readonly value: Value;
  readonly lifetime: number;
}

interface Moment {
  mono: number;
  wall: number;
}

interface Call {
  readonly epoch: number;
  settled: boolean;
}

const TTL = 10;
const CREATE_TIMEOUT = 8;
const BACKOFF = { initial: 1, max: 4 };
const LEAST_JITTER = 0.75;

class FatalError extends Error {}

/** A provider, the world it works in, and a watch on the invariants. Times in seconds unless named otherwise. */
export class ModelWorld {
  readonly #time: FakeTime;
  readonly #provider: CachedProvider<Value>;
  readonly #staleFor: number;
  readonly #creations: Creation[] = [];
  readonly #calls: Call[] = [];
  readonly #retired = new Set<Value>();
  readonly #violations: string[] = [];
  #held: Held | undefined;
  #epoch = 0;
  #published = 0;
  #failures = 0;
  #lastFailure: Moment | undefined;

  constructor(
    Provider: ProviderClass,
    time: FakeTime,
    options: { staleFor: number; refreshAhead: number; lifetime: number | undefined },
  ) {
    const { staleFor, refreshAhead, lifetime = Number.POSITIVE_INFINITY } = options;
    this.#time = time;
    this.#staleFor = staleFor;
    const expiryOf = ({ creation }: Value) => creation.begun.wall + lifetime * 1000;
    this.#provider = new Provider<Value>({
      create: ({ signal }) => this.#create(signal),
      ttl: TTL,
      staleFor,
      refreshAhead,
      backoff: BACKOFF,
      createTimeout: CREATE_TIMEOUT,
      expiresAt: (value) => (Number.isFinite(lifetime) ? new Date(expiryOf(value)) : undefined),
      isFatal: (error) => error instanceof FatalError,
      onEvent: (event) => {
        if (event.type === 'created') {
          const isBelieved = expiryOf(event.value) > time.wall;
          this.#onPublished(event.value, isBelieved ? lifetime : Number.POSITIVE_INFINITY);
        }
        if (event.type === 'failed') this.#onFailed(event.error);
        if (event.type === 'retired') this.#onRetired(event.value);
      },
    });
  }

  /** To be told of every rejection that nobody handles. */
  readonly onUnhandledRejection = (): void => {
    this.#violations.push('a rejection was left unhandled');
  };

  async take(step: Step): Promise<void> {
    switch (step.op) {
      case 'call':
        this.#call(step.maxAge);
        break;
      case 'callAndGiveUp': {
        const impatience = new AbortController();
        this.#call(step.maxAge, impatience.signal);
        impatience.abort(new Error('gave up'));
        break;
      }
      case 'callAndForget':
        this.#calls.push({ epoch: this.#epoch, settled: true });
        void this.#provider.get();
        break;
      case 'advance':
        this.#time.advance(step.ms);
        break;
      case 'jumpWall':
        this.#time.jumpWall(step.ms);
        break;
      case 'succeed': {
        const creation = this.#open(step.which);
        creation?.resolve({ creation });
        break;
      }
      case 'fail':
        this.#open(step.which)?.reject(step.fatal ? new FatalError('fatal') : new Error('passing'));
        break;
      case 'invalidate':
        this.#onInvalidation();
        this.#provider.invalidate();
        break;
      case 'discard': {
        const value = this.#provider.peek();
        if (value) {
          this.#onInvalidation();
          if (!this.#provider.discard(value)) this.#violations.push('peek told a value that is not held');
        }
        break;
      }
      case 'keepWarm':
        this.#provider.keepWarm();
        break;
    }
    await settle();
  }

  /** What must hold between any two steps. */
  check(): void {
    const { hits, misses, creationCount } = this.#provider.stats();
    const unfenced = this.#unfenced();
    this.#require(unfenced.length <= 1, 'two creations at once');
    this.#require(
      unfenced.every(({ begun }) => this.#time.mono - begun.mono < CREATE_TIMEOUT * 1000),
      'a creation outlived its deadline',
    );
    this.#require(hits + misses === this.#calls.length, 'hits + misses is not the number of calls');
    this.#require(creationCount === this.#published, 'creationCount is not the creations that succeeded');
    const told = this.#provider.peek();
    this.#require(!told || told === this.#held?.value, 'peek told a value that is not held');
    if (this.#violations.length > 0) throw new Error(this.#violations.join('; '));
  }

  /** Ends what is open: every call must settle, and no rejection be left unhandled. */
  async finish(): Promise<void> {
    for (let creation = this.#open(0); creation; creation = this.#open(0)) {
      creation.resolve({ creation });
      await settle();
    }
    await nextTurn();
    this.#require(
      this.#calls.every(({ settled }) => settled),
      'a call never settled',
    );
    this.check();
  }

  #call(maxAge?: number, signal?: AbortSignal): void {
    const { hits } = this.#provider.stats();
    const begunBefore = this.#creations.length;
    const held = this.#held;
    const call: Call = { epoch: this.#epoch, settled: false };
    this.#calls.push(call);
    const promise = this.#provider.get(maxAge, signal);
    const isHit = this.#provider.stats().hits > hits;
    if (isHit) this.#requireServable(held, maxAge ?? TTL);
    else if (this.#creations.length === begunBefore && this.#unfenced().length === 0) {
      this.#require(this.#backoffLeft(1) > 0, 'a call failed without a try although no backoff was on');
    }
    promise.then(
      (value) => {
        call.settled = true;
        this.#require(value.creation.epoch >= call.epoch, 'a call got a value from before an invalidation');
        this.#require(!isHit || value === held?.value, 'a hit got another value than the one held');
      },
      () => {
        call.settled = true;
        this.#require(!isHit, 'a hit failed');
      },
    );
  }

  #requireServable(held: Held | undefined, maxAge: number): void {
    if (!held) {
      this.#violations.push('a hit without a value');
      return;
    }
    const age = this.#since(held.value.creation.begun);
    const limit = Math.min(maxAge + this.#staleFor, held.lifetime);
    this.#require(age < limit, `served at the age of ${age} to a reader with a TTL of ${maxAge}`);
  }

  #require(holds: boolean, violation: string): void {
    if (!holds) this.#violations.push(violation);
  }

  #create(signal: AbortSignal): Promise<Value> {
    this.#require(this.#backoffLeft(LEAST_JITTER) < 1e-6, 'created inside a backoff');
    return new Promise((onResolve, onReject) => {
      const creation: Creation = {
        epoch: this.#epoch,
        begun: this.#now(),
        signal,
        settled: false,
        resolve: (value) => {
          creation.settled = true;
          onResolve(value);
        },
        reject: (error) => {
          creation.settled = true;
          onReject(error);
        },
      };
      this.#creations.push(creation);
    });
  }

  #onPublished(value: Value, lifetime: number): void {
    this.#published += 1;
    this.#held = { value, lifetime };
    this.#failures = 0;
    this.#lastFailure = undefined;
  }

  #onFailed(error: unknown): void {
    if (error instanceof FatalError) this.#held = undefined;
    this.#failures += 1;
    this.#lastFailure = this.#now();
  }

  #onInvalidation(): void {
    this.#epoch += 1;
    this.#held = undefined;
    this.#lastFailure = undefined;
    this.#failures = 0;
  }

  #onRetired(value: Value): void {
    this.#require(!this.#retired.has(value), 'a value was retired twice');
    this.#retired.add(value);
    if (this.#held?.value === value) this.#held = undefined;
  }

  #backoffLeft(jitter: number): number {
    if (!this.#lastFailure) return 0;
    const delay = Math.min(BACKOFF.max, BACKOFF.initial * 2 ** (this.#failures - 1)) * jitter;
    return delay - this.#since(this.#lastFailure);
  }

  #unfenced(): Creation[] {
    return this.#creations.filter(({ settled, signal }) => !settled && !signal.aborted);
  }

  #open(which: number): Creation | undefined {
    const open = this.#creations.filter(({ settled }) => !settled);
    return open[which % Math.max(1, open.length)];
  }

  #now(): Moment {
    return { mono: this.#time.mono, wall: this.#time.wall };
  }

  #since({ mono, wall }: Moment): number {
    return Math.max(this.#time.mono - mono, this.#time.wall - wall, 0) / 1000;
  }
}

/** Lets every reaction to what happened run its course. */
async function settle(): Promise<void> {
  for (let tick = 0; tick < 8; tick += 1) await Promise.resolve();
}
