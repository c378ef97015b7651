import { Counter, Gauge } from 'prom-client';
import { registry } from '../observability/prometheus.ts';

const registers = [registry];

let isUp: (() => boolean) | undefined;

new Gauge({
  name: 'redis_up',
  help: '1 while Redis answers and takes writes, else 0; absent where it is not configured',
  registers,
  collect() {
    this.remove();
    if (isUp) this.set(isUp() ? 1 : 0);
  },
});

/** @param source is asked at each scrape; undefined when the link is closed */
export function registerLink(source: (() => boolean) | undefined): void {
  isUp = source;
}

let evicts: boolean | undefined;

new Gauge({
  name: 'redis_may_evict',
  help: '1 where maxmemory-policy lets Redis drop keys that it should keep, 0 for noeviction; absent while unknown',
  registers,
  collect() {
    this.remove();
    if (evicts !== undefined) this.set(evicts ? 1 : 0);
  },
});

export function showEviction(mayEvict: boolean): void {
  evicts = mayEvict;
}

export const redisErrors = new Counter({
  name: 'redis_errors_total',
  help: 'Operations on Redis that failed, or were not tried because Redis was away',
  labelNames: ['operation'],
  registers,
});

export const invalidations = new Counter({
  name: 'facebook_agent_fleet_invalidations_total',
  help: 'Invalidations exchanged with other processes: published, unpublished, received (by message), found (by comparison)',
  labelNames: ['outcome'],
  registers,
});

export const sessions = new Counter({
  name: 'facebook_agent_sessions_total',
  help: 'Agents by where their validated session came from: shared (another process), validated (here, and shared), alone (without Redis or the lock)',
  labelNames: ['source'],
  registers,
});

/** What the fleet asks of Redis, as `redis_errors_total` names it. */
const OPERATIONS = [
  'publish',
  'compare',
  'rate-limit',
  'session-obtain',
  'session-write',
  'session-unlock',
  'session-remove',
  'records-append',
  'records-latest',
  'records-remove',
  'documents-get',
  'documents-put',
  'documents-remove',
  'documents-entries',
  'documents-expire',
  'snapshots-read',
  'snapshots-write',
  'snapshots-days',
  'snapshots-remove',
  'once-claim',
  'once-done',
  'once-release',
  'once-look',
  'schedule',
  'eviction-policy',
  'queue',
];

for (const operation of OPERATIONS) redisErrors.inc({ operation }, 0);
for (const outcome of ['published', 'unpublished', 'received', 'found']) invalidations.inc({ outcome }, 0);
for (const source of ['shared', 'validated', 'alone']) sessions.inc({ source }, 0);
