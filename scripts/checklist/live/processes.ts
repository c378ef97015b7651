import type { HttpClient } from './http.ts';
import type { LiveOptions } from './options.ts';
import { type Attempt, type Reading, read } from './readings.ts';

/** How often a deployment is read before anything is asked of it: several processes show themselves. */
const FIRST_READINGS = 4;
/** More than that, and an id tells no process. */
const MOST_PROCESSES = 16;
/** So often each may be missed by chance, until it is taken for gone. */
const TRIES_FOR_EACH = 8;

/** Reads all the processes that answer behind one address as one, where each names itself beside its own counters. */
export class Processes {
  readonly #client: HttpClient;
  readonly #options: LiveOptions;
  readonly #known = new Set<string>();

  constructor(client: HttpClient, options: LiveOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Readings of before anything is asked, from which it is known which processes there are. */
  async first(): Promise<{ readings: Reading[] } | { fault: string }> {
    const readings: Reading[] = [];
    const enough = () => FIRST_READINGS + 3 * (this.#known.size - 1);
    let last = 0;
    do {
      const attempt = await read(this.#client, this.#options);
      if ('fault' in attempt) return attempt;
      const { reading } = attempt;
      readings.push(reading);
      const { size } = this.#known;
      if (reading.isOfOne === true) this.#known.add(reading.process ?? '');
      if (this.#known.size > size) last = readings.length - 1;
      if (reading.isOfOne !== true || this.#known.size > MOST_PROCESSES) this.#known.clear();
    } while (readings.length < FIRST_READINGS || (this.#areSeveral() && readings.length - last < enough()));
    if (!this.#areSeveral()) return { readings };
    const all = await this.read();
    return 'fault' in all ? all : { readings: [all.reading] };
  }

  /** What they say at one moment, all of them together. */
  async read(): Promise<Attempt> {
    if (!this.#areSeveral()) return read(this.#client, this.#options);
    const latest = new Map<string, Reading>();
    for (let left = TRIES_FOR_EACH * this.#known.size; left > 0; left -= 1) {
      const attempt = await read(this.#client, this.#options);
      if ('fault' in attempt) return attempt;
      const { reading } = attempt;
      latest.set(reading.process ?? '', reading);
      if ([...this.#known].every((id) => latest.has(id))) break;
    }
    return { reading: together(latest) };
  }

  #areSeveral(): boolean {
    return this.#known.size > 1;
  }
}

/** Their counters summed up; the process that it is of is all of them. */
function together(latest: ReadonlyMap<string, Reading>): Reading {
  const readings = [...latest.values()];
  const all = (name: 'hits' | 'misses' | 'creations') => {
    const values = readings.map((each) => each[name]);
    return values.every((value) => value !== undefined) ? values.reduce((a, b) => a + b, 0) : undefined;
  };
  const [hits, misses] = [all('hits'), all('misses')];
  const lifetimes = readings.flatMap(({ ttlSeconds }) => ttlSeconds ?? []);
  // One that made none was asked for none.
  const isHeld = readings.every(({ cached, creations }) => cached !== false || creations === 0);
  return {
    creations: all('creations') ?? 0,
    ...(hits !== undefined && { hits }),
    ...(misses !== undefined && { misses }),
    ...(!isHeld && { cached: false }),
    ...(lifetimes.length > 0 && { ttlSeconds: Math.min(...lifetimes) }),
    process: [...latest.keys()].sort().join(' '),
    processes: readings.length,
    creationsOf: new Map([...latest].map(([id, { creations }]) => [id, creations])),
    at: performance.now(),
  };
}
