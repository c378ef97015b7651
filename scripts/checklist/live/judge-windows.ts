import { HITS_METRIC, type LiveOptions } from './options.ts';
import type { Reading } from './readings.ts';

/** A stretch of time between two readings, with what was asked in it. */
export interface Window {
  /** Requests to the path, one after another; 0 while nobody here asked. */
  requests: number;
  milliseconds: number;
  /** By how much the hits rose; absent where they are not shown. */
  hits: number | undefined;
  creations: number;
}

/** What was seen of a deployment. */
export interface Seen {
  options: LiveOptions;
  /** In the order of time. */
  readings: readonly Reading[];
  windows: readonly Window[];
  /** Whether requests failed, so that they may never have come as far as the cache. */
  failed: boolean;
  /** All requests to the path. */
  sent: number;
}

export interface WindowsVerdict {
  /** Hits of the sequential requests, less what others raised meanwhile. */
  hits?: number;
  /** Hits of others, by what the idle windows showed. */
  otherHits?: number;
  /** Why nothing is proven; empty when it is. */
  faults: string[];
}

/** How far the hits may be from the requests: a busy counter is not read at the very moment. */
const TOLERANCE = 0.2;

/** Draws from the readings of a deployment what they carry, and nothing more. */
export function judgeWindows(seen: Seen): WindowsVerdict {
  const changed = processesSeen(seen.readings);
  if (changed !== undefined) return { faults: [changed] };
  const creations = judgeCreations(seen);
  if (seen.failed) return { faults: creations };
  const hits = judgeHits(seen);
  return { ...hits, faults: [...creations, ...hits.faults] };
}

/** Counters of several processes, or of one before and after its restart, cannot be held against each other. */
function processesSeen(readings: readonly Reading[]): string | undefined {
  const several =
    'not proven, because several processes answer, each with counters of its own: ask one of them directly';
  for (const ids of [readings.map((each) => each.process), readings.map((each) => each.metricsProcess)]) {
    const known = ids.filter((id) => id !== undefined);
    const distinct = new Set(known);
    if (distinct.size < 2) continue;
    const changes = known.filter((id, index) => index > 0 && id !== known[index - 1]).length;
    return changes === distinct.size - 1 && distinct.size === 2
      ? 'not proven, because the process restarted meanwhile, or another one answered: run it again'
      : several;
  }
  if (readings.some((each) => each.process !== undefined)) return undefined;
  const falls = (values: readonly (number | undefined)[]) =>
    values.filter((value, index) => {
      const before = values[index - 1];
      return value !== undefined && before !== undefined && value < before;
    }).length;
  const fallen = Math.max(
    falls(readings.map(({ creations }) => creations)),
    falls(readings.map(({ hits }) => hits)),
  );
  if (fallen > 1) return several;
  if (fallen === 1)
    return 'not proven, because counters went down: the process restarted meanwhile (run it again), or several processes answer (ask one of them directly)';
  return undefined;
}

function judgeCreations({ readings, options, sent }: Seen): string[] {
  const [start] = readings;
  const end = readings.at(-1);
  if (start === undefined || end === undefined) return [];
  const { path } = options;
  if (end.creations === 0) {
    return [
      `${sent} requests to ${path} went by, and creation_count is still 0: they get no agent from the cache`,
    ];
  }
  const creations = end.creations - start.creations;
  const allowed = allowedCreations(end.at - start.at, end.ttlSeconds);
  if (creations <= allowed) return [];
  const many = `${sent} requests to ${path} created ${creations} agents, where ${allowed === 1 ? 'one is' : `${allowed} are`} allowed`;
  return [creations >= sent ? `${many}: it creates per request` : many];
}

/** One that was there expires, and then one a TTL. */
function allowedCreations(milliseconds: number, ttlSeconds: number | undefined): number {
  if (ttlSeconds === undefined || ttlSeconds <= 0) return 1;
  return 1 + Math.floor(milliseconds / 1000 / ttlSeconds);
}

function judgeHits({ windows, options, readings }: Seen): WindowsVerdict {
  const { path } = options;
  if (readings.some(({ hits }) => hits === undefined)) {
    return {
      faults: [
        `not proven, because the hits of the cache are not shown: without them nothing tells ${path} from one that goes past the cache (let ${options.healthPath} answer with "hits" and "process", or name the metrics with --metrics-url and CHECKLIST_METRICS_TOKEN)`,
      ],
    };
  }
  const idle = windows.filter(({ requests }) => requests === 0);
  const asked = windows.filter(({ requests }) => requests > 0);
  const others = Math.max(0, ...idle.map(({ hits = 0, milliseconds }) => hits / Math.max(milliseconds, 1)));
  const own = asked.map(({ hits = 0, milliseconds }) => hits - others * milliseconds);
  const otherHits = Math.round(asked.reduce((sum, { milliseconds }) => sum + others * milliseconds, 0));
  const hits = Math.round(own.reduce((sum, each) => sum + each, 0));
  const isLoud = asked.some(({ requests, milliseconds }) => others * milliseconds > requests);
  if (isLoud) {
    return {
      otherHits,
      faults: [
        `not proven, because other callers raise the hits as much while nobody here asks (${otherHits} in the same time): run it when it is quiet, or raise --requests`,
      ],
    };
  }
  const wrong = asked.findIndex(({ requests, creations, milliseconds }, index) => {
    const slack = Math.max(TOLERANCE * requests, 3 * Math.sqrt(others * milliseconds));
    const misses = Math.min(
      Math.max(0, creations),
      allowedCreations(milliseconds, readings.at(-1)?.ttlSeconds),
    );
    const short = requests - misses - (own[index] ?? 0);
    const beyond = (own[index] ?? 0) - requests;
    // While nobody else asks, every request has to be a hit.
    return short > (others === 0 ? 0 : slack) || beyond > slack + 1;
  });
  const window = asked[wrong];
  if (window === undefined) return { hits, otherHits, faults: [] };
  const seen = `${window.requests} requests to ${path} raised ${HITS_METRIC} by ${window.hits}`;
  if ((window.hits ?? 0) > window.requests)
    return {
      hits,
      otherHits,
      faults: [`not proven, because ${seen}, which is not what they were: others ask as well`],
    };
  const none = asked.every((each) => Math.round(each.hits ?? 0) <= otherHits);
  return {
    hits,
    otherHits,
    faults: [
      none && (window.hits ?? 0) === 0
        ? `${seen}: they do not go through the cache`
        : `not proven, because ${seen}`,
    ],
  };
}
