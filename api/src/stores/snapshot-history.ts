import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { dayAfter } from '../domain/period.ts';
import { isToReadAgain } from '../domain/settling.ts';
import type { CampaignWithInsights, Insights } from '../domain/campaign.ts';

/** The delivery of every campaign on one day, as far as it was known `at` a moment. */
export interface Snapshot {
  /** ISO 8601 */
  at: string;
  /** `YYYY-MM-DD` of the ad account's time zone. */
  day: string;
  /** Whether the day was over, so that its figures stand. */
  complete: boolean;
  campaigns: readonly CampaignWithInsights[];
}

/** What one campaign delivered on one day. */
export interface CampaignDay {
  id: string;
  name: string;
  effective_status: string;
  objective: string | null;
  insights: Insights;
}

export interface SnapshotDay extends Omit<Snapshot, 'campaigns'> {
  campaigns: CampaignDay[];
}

/** One day in the store: `version` changes with every write, and begins with when the day was read. */
export interface StoredDay {
  version: string;
  complete: boolean;
  body: Buffer;
}

/** Where days are kept, each as one piece. */
export interface DayStore {
  read(day: string): Promise<StoredDay | undefined>;
  /** @param previous version of what this replaces. @returns false, and nothing is written, when another stands there */
  write(day: string, stored: StoredDay, previous: string | undefined): Promise<boolean>;
  /** The days that are kept from `since` to `until`, both included, the earliest first. */
  days(since: string, until: string): Promise<string[]>;
  /** Drops the days before one. @returns how many went */
  removeBefore(day: string): Promise<number>;
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** Two writers of one day meet rarely, and each time one of them is through. */
const WRITE_ATTEMPTS = 5;
/** Whoever was away for long leaves earlier days as they were read. */
const READ_AGAIN_WITHIN_DAYS = 60;

/**
 * What every campaign delivered on each day: one compressed piece a day, so that thousands of campaigns over
 * months take some megabytes. A later snapshot of a day replaces what an earlier one said of a campaign.
 */
export class SnapshotHistory {
  readonly #store: DayStore;

  constructor(store: DayStore) {
    this.#store = store;
  }

  /** Campaigns without delivery are not kept: that is not the same as a delivery of zero. */
  async record({ at, day, complete, campaigns }: Snapshot): Promise<void> {
    const rows = campaigns.flatMap(rowOf);
    for (let attempt = 1; attempt <= WRITE_ATTEMPTS; attempt++) {
      const stored = await this.#store.read(day);
      const earlier = stored ? await open(stored) : undefined;
      // What was found after the day's end is not undone by what was asked before it.
      if (earlier?.complete && !complete) return;
      const known = new Set(rows.map(({ id }) => id));
      const gone = earlier?.campaigns.filter(({ id }) => !known.has(id)) ?? [];
      const body = await compress(JSON.stringify({ at, day, complete, campaigns: [...rows, ...gone] }));
      const next = { version: `${at} ${process.pid} ${attempt}`, complete, body };
      if (await this.#store.write(day, next, stored?.version)) return;
    }
    throw new Error(`Others keep writing the snapshot of ${day}`);
  }

  /** Whether the figures of a day were read after its end. */
  async isComplete(day: string): Promise<boolean> {
    return (await this.#store.read(day))?.complete ?? false;
  }

  /** The days whose figures have changed until `now` (ISO 8601) since they were read, the latest first. */
  async daysToReadAgain(now: string): Promise<string[]> {
    const found: string[] = [];
    const today = now.slice(0, 10);
    for (const day of await this.#store.days(dayAfter(today, -READ_AGAIN_WITHIN_DAYS), dayAfter(today, -2))) {
      const stored = await this.#store.read(day);
      if (stored && isToReadAgain(day, stored.version.split(' ', 1)[0] ?? '', now)) found.unshift(day);
    }
    return found;
  }

  /** The days that are kept of a range, both ends included, the earliest first; one in memory at a time. */
  async *between(since: string, until: string): AsyncGenerator<SnapshotDay> {
    for (const day of await this.#store.days(since, until)) {
      const stored = await this.#store.read(day);
      if (stored) yield await open(stored);
    }
  }

  /** Drops the days that ended before `date`. @returns how many went */
  async removeBefore(date: Date): Promise<number> {
    return this.#store.removeBefore(date.toISOString().slice(0, 10));
  }
}

async function open({ body }: StoredDay): Promise<SnapshotDay> {
  return JSON.parse((await decompress(body)).toString('utf8')) as SnapshotDay;
}

function rowOf({ id, name, effective_status, objective, insights }: CampaignWithInsights): CampaignDay[] {
  return insights === null ? [] : [{ id, name, effective_status, objective, insights }];
}
