import { z } from 'zod';
import type { TaskStatus } from '../../tasks/scheduler.ts';
import type { AgentCacheHealth } from '../health.ts';

export const livenessAnswer = z.strictObject({ status: z.literal('alive') });

export const readinessAnswer = z.strictObject({ status: z.literal('ready') });

export const agentCacheAnswer = z.strictObject({
  status: z.enum(['healthy', 'expired']),
  cached: z.boolean(),
  cache_age_seconds: z.number().nullable(),
  cache_ttl_seconds: z.number(),
  is_valid: z.boolean(),
  creation_count: z.int().min(0),
  hits: z.int().min(0).meta({ description: 'Calls that were given an agent that was there' }),
  misses: z.int().min(0).meta({ description: 'Calls that had to wait for one' }),
  process: z.string().meta({ description: 'Tells the process that answers; changes with every start' }),
}) satisfies z.ZodType<AgentCacheHealth>;

const taskStatus = z.strictObject({
  name: z.string(),
  pattern: z.string().meta({ description: 'Five cron fields, in UTC' }),
  running: z.boolean(),
  last_run: z
    .strictObject({
      started_at: z.iso.datetime(),
      duration_seconds: z.number(),
      outcome: z.enum(['succeeded', 'failed']),
    })
    .nullable(),
  next_run: z.iso.datetime().nullable(),
}) satisfies z.ZodType<TaskStatus>;

export const healthAnswer = z.strictObject({
  status: z.enum(['starting', 'ready', 'degraded', 'stopping']).meta({
    description:
      'Degraded: it serves, but Redis, which is configured, or the state file cannot be used, a task is not on the schedule, or Facebook refuses the token',
  }),
  version: z.string(),
  uptime_seconds: z.int().min(0),
  agent_cache: agentCacheAnswer,
  tasks: z.array(taskStatus),
  integrations: z.record(z.string(), z.boolean()).meta({ description: 'Whether each one is configured' }),
  facebook: z
    .strictObject({ credential_refused: z.boolean() })
    .meta({ description: 'Whether Facebook has refused the configured token, and not taken it since' }),
  redis: z
    .strictObject({ status: z.enum(['up', 'down']) })
    .optional()
    .meta({ description: 'Where it is configured' }),
  state: z
    .strictObject({ writable: z.boolean() })
    .optional()
    .meta({ description: 'The state file, where Redis is not configured' }),
});

export const invalidatedAnswer = z.strictObject({
  message: z.literal('Agent cache invalidated'),
  status: z.literal('success'),
  published: z.boolean().optional().meta({
    description: 'Where Redis is configured: whether it has taken the news for the other processes',
  }),
});

/** RFC 9457. */
export const problem = z.looseObject({
  type: z
    .string()
    .meta({ description: 'Where the problem is explained', examples: ['/docs/errors#not-found'] }),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().meta({ description: 'Path of the request' }),
  request_id: z.string().meta({ description: 'Also in X-Request-Id; quote it when you report a problem' }),
  errors: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'Each fault of the input' }),
});
