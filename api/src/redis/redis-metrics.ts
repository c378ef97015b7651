import { Counter, Gauge } from 'prom-client';
import { registry } from '../observability/prometheus.ts';

const registers = [registry];

export const redisUp = new Gauge({
  name: 'redis_up',
  help: '1 while Redis answers and takes writes, else 0',
  registers,
});

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
