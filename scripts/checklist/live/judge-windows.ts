import type { LiveOptions } from './options.ts';
import type { Reading } from './readings.ts';

/** A stretch of time between two readings, with what was asked in it. */
export interface Window {
  /** Requests to the path, one after another; 0 while nobody here asked. */
  requests: number;
  milliseconds: number;
  /** By how much the hits rose; absent where they are not shown. */
  hits: number | undefined;
  /** By how much the misses rose; absent where they are not shown. */
  misses: number | undefined;
  creations: number;
}

/** What was seen of a deployment. */
export interface Seen {
  options: LiveOptions;
  /** In the order of time. */
  readings: readonly Reading[];
  windows: readonly Window[];
  /** While paths were asked that are not there, each by itself. */
  elsewhere: readonly Window[];
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
  const others =
    hits.faults.length === 0 ? [...judgeElsewhere(seen), ...judgeMisses(seen), ...judgeHeld(seen)] : [];
  return { ...hits, faults: [...creations, ...hits.faults, ...others] };
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
  const falls = (values: readonly (number | undefined)[]) =>
    values.filter((value, index) => {
      const before = values[index - 1];
      return value !== undefined && before !== undefined && value < before;
    }).length;
  const fallen = Math.max(
    falls(readings.map(({ creations }) => creations)),
    falls(readings.map(({ hits }) => hits)),
  );
  const [named] = readings.flatMap((each) => each.process ?? []);
  if (fallen > 0 && named !== undefined)
    return `not proven, because counters went down while "process" stayed ${JSON.stringify(named)}: several processes have that one name, or it was started again under it; have each make a name of its own when it starts (a random one)`;
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
  const allowed = allowedCreations(end.at - start.at, end);
  const unequal = judgeEachProcess(start, end, sent, path);
  if (unequal !== undefined && creations <= allowed) return [unequal];
  // However short they live: where half of the requests make one, nothing shows that they share any.
  if (creations <= allowed && creations * 2 < sent) return [];
  if (creations <= allowed) {
    return [
      `not proven, because ${sent} requests to ${path} created ${creations} agents, which live for ${end.ttlSeconds} s: give them a longer TTL, or raise --requests`,
    ];
  }
  const many = `${sent} requests to ${path} created ${creations} agents, where ${allowed === 1 ? 'one is' : `${allowed} are`} allowed`;
  return [creations >= sent ? `${many}: it creates per request` : many];
}

/** So many requests come to each of several processes that one which builds at each shows itself, wherever they go. */
const REQUESTS_FOR_EACH = 6;

/** What is allowed to all processes together, one of them may not do alone. */
function judgeEachProcess(start: Reading, end: Reading, sent: number, path: string): string | undefined {
  const { creationsOf, processes = 1 } = end;
  if (creationsOf === undefined) return undefined;
  const most = Math.max(
    ...[...creationsOf].map(([id, creations]) => creations - (start.creationsOf?.get(id) ?? creations)),
  );
  const allowed = allowedCreations(end.at - start.at, { ...end, processes: 1 });
  if (most > allowed)
    return `${sent} requests to ${path} had one of ${processes} processes create ${most} agents, where ${allowed === 1 ? 'one is' : `${allowed} are`} allowed`;
  const needed = REQUESTS_FOR_EACH * processes;
  if (sent >= needed) return undefined;
  // N at once, half as many and as many one by one.
  return `not proven, because ${processes} processes answer, and ${sent} requests do not show what each of them does: raise --requests to ${Math.ceil(needed / 2.5)}`;
}

/** One that was there expires, and then one a TTL; so it is in each process. */
function allowedCreations(milliseconds: number, { ttlSeconds, processes = 1 }: Partial<Reading>): number {
  if (ttlSeconds === undefined || ttlSeconds <= 0) return processes;
  return processes * (1 + Math.floor(milliseconds / 1000 / ttlSeconds));
}

/** By how much others raise a counter at the most, each millisecond: as it rises while nothing is asked here. */
function raisedByOthers(counter: 'hits' | 'misses', windows: readonly Window[]): number {
  const idle = windows.filter(({ requests }) => requests === 0);
  return Math.max(0, ...idle.map((each) => (each[counter] ?? 0) / Math.max(each.milliseconds, 1)));
}

/** Whether every request takes the same number of agents, as a handler does that asks the cache twice. */
function isSlope(asked: readonly Window[]): boolean {
  const [slope, ...others] = asked.map(({ hits = 0, requests }) => hits / requests);
  return (
    slope !== undefined && slope > 1 && Number.isInteger(slope) && others.every((each) => each === slope)
  );
}

/** A counter that rises with requests of any kind does not count the agents that were taken. */
function judgeElsewhere({ elsewhere, windows, options }: Seen): string[] {
  const others = raisedByOthers('hits', windows);
  const raised = elsewhere.find(
    ({ requests, hits = 0, milliseconds }) => hits - others * milliseconds >= requests * (1 - TOLERANCE),
  );
  if (raised === undefined) return [];
  const { requests, hits } = raised;
  return [
    `not proven, because ${requests} requests to a path that is not there raised the hits by ${hits}, too: they count more than the agents that ${options.path} takes`,
  ];
}

/** A request that is counted as a hit and as a miss did not find an agent. */
function judgeMisses({ windows, readings, options }: Seen): string[] {
  const others = raisedByOthers('misses', windows);
  const end = readings.at(-1) ?? {};
  for (const { requests, misses = 0, milliseconds } of windows) {
    const allowed = Math.max(allowedCreations(milliseconds, end), TOLERANCE * requests);
    if (requests > 0 && misses - others * milliseconds > allowed)
      return [`not proven, because ${requests} requests to ${options.path} raised the misses by ${misses}`];
  }
  return [];
}

/** Whoever takes an agent from the cache leaves one there, for as long as it lives. */
function judgeHeld({ readings, options }: Seen): string[] {
  const end = readings.at(-1);
  if (end?.cached !== false || (end.ttlSeconds ?? 60) < 60) return [];
  return [
    `not proven, because ${options.healthPath} says that no agent is cached, right after requests to ${options.path}`,
  ];
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
  const asked = windows.filter(({ requests }) => requests > 0);
  const others = raisedByOthers('hits', windows);
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
  if (others === 0 && isSlope(asked)) return { hits, otherHits, faults: [] };
  const wrong = asked.findIndex(({ requests, creations, milliseconds }, index) => {
    const slack = Math.max(TOLERANCE * requests, 3 * Math.sqrt(others * milliseconds));
    const misses = Math.min(Math.max(0, creations), allowedCreations(milliseconds, readings.at(-1) ?? {}));
    const short = requests - misses - (own[index] ?? 0);
    const beyond = (own[index] ?? 0) - requests;
    // While nobody else asks, every request has to be a hit.
    return short > (others === 0 ? 0 : slack) || beyond > slack + 1;
  });
  const window = asked[wrong];
  if (window === undefined) return { hits, otherHits, faults: [] };
  const seen = `${window.requests} requests to ${path} raised the hits of the cache by ${window.hits}`;
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
        ? `${seen}: they do not go through the cache of the process that answers ${options.healthPath}`
        : `not proven, because ${seen}`,
    ],
  };
}
