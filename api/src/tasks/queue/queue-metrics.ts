import { Counter, Gauge } from 'prom-client';
import { registry } from '../../observability/prometheus.ts';

/** Jobs of the shared queue by state; NaN while nobody can tell. */
export type QueueCounts = Record<(typeof STATES)[number], number>;

const STATES = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;

export const deadLetters = new Counter({
  name: 'task_dead_letters_total',
  help: 'Task runs given up by this process after all attempts; they stay among the failed jobs',
  labelNames: ['task'],
  registers: [registry],
});

let read: (() => Promise<Partial<QueueCounts>>) | undefined;

const jobs = new Gauge({
  name: 'task_queue_jobs',
  help: 'Jobs of the task queue that all processes share, by state (failed: dead letters)',
  labelNames: ['state'],
  registers: [registry],
  async collect() {
    if (!read) return;
    const counts = await read();
    for (const state of STATES) jobs.set({ state }, counts[state] ?? Number.NaN);
  },
});

/** @param source is asked at each scrape, and must answer soon and never reject */
export function registerQueueCounts(source: () => Promise<Partial<QueueCounts>>): void {
  read = source;
}
