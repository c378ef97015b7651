import { z } from 'zod';

const text = z.string().trim().min(1);
const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((value) => value === 'true');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 365 * DAY_SECONDS;
/** Bounded, since a timer of more than 24.8 days ends at once. */
const seconds = (min = 0, max = DAY_SECONDS) => {
  const error = `must be a number of seconds from ${min} to ${max}`;
  return z.coerce.number({ error }).min(min, error).max(max, error);
};
const wholeNumber = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, error).max(max, error);
};

/** The variables of Graph and of its account. */
export const facebookShape = {
  FACEBOOK_ACCESS_TOKEN: text,
  FACEBOOK_AD_ACCOUNT_ID: z
    .string()
    .regex(/^(act_)?\d+$/, 'must be digits, with or without the act_ prefix')
    .transform((id) => id.replace(/^act_/, '')),
  FACEBOOK_APP_ID: z.string().regex(/^\d+$/, 'must be digits'),
  FACEBOOK_APP_SECRET: text,
  FACEBOOK_GRAPH_URL: httpUrl.default('https://graph.facebook.com'),
  FACEBOOK_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v27.0')
    .default('v27.0'),
  FACEBOOK_TIMEOUT_SECONDS: seconds(0.01).default(10),
  FACEBOOK_REPORT_SECONDS: seconds(1).default(120),
};

/** The variables of the agent cache. */
export const agentCacheShape = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  AGENT_CACHE_TTL: seconds(1, YEAR_SECONDS).optional(),
  AGENT_CACHE_STALE_FOR: seconds(0, YEAR_SECONDS).default(300),
  AGENT_CACHE_KEEP_WARM: flag.default(false),
};

/** The variables that tokens are signed and checked with. */
export const tokenShape = {
  JWT_SECRET: text.min(32, 'must have at least 32 characters').optional(),
  JWT_ISSUER: text.default('facebook-agent-cache'),
  JWT_AUDIENCE: text.default('facebook-agent-cache-api'),
};

/** The variables of what processes share. */
export const redisShape = {
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' }).optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'must be up to 64 letters, digits, dots, colons, dashes or underscores')
    .default('fac'),
  REDIS_TIMEOUT_SECONDS: seconds(0.01).default(0.25),
  REDIS_POLL_SECONDS: seconds(0.1).default(30),
};

const stateShape = {
  STATE_FILE: text.default('data/agent-cache.db'),
};

const taskShape = {
  TASKS_ENABLED: flag.default(true),
  TASKS_LOCK_SECONDS: seconds(0.5).default(30),
  TASKS_RETRY_SECONDS: seconds(0.01).default(5),
  WORKER_PORT: wholeNumber(0, 65_535).optional(),
};

const hostList = z
  .string()
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(/^[\w.:[\]-]+$/, 'must be host names, comma-separated')));

/** All that a server reads of its environment, by the names in .env.example. */
export const serverShape = {
  ...facebookShape,
  ...agentCacheShape,
  HOST: text.default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly']).default('info'),
  LOG_FORMAT: z.enum(['text', 'json']).default('text'),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  ...tokenShape,
  JWT_JWKS_URL: httpUrl.optional(),
  API_KEY: text.min(16, 'must have at least 16 characters'),
  NOTION_TOKEN: text.optional(),
  NOTION_DATABASE_ID: text.optional(),
  NOTION_URL: httpUrl.default('https://api.notion.com'),
  ALLOW_HTTP: hostList.default([]),
  N8N_WEBHOOK_URL: httpUrl.optional(),
  N8N_TIMEOUT_SECONDS: seconds(0.1).default(60),
  ...redisShape,
  ...stateShape,
  ...taskShape,
  RATE_LIMITS: flag.default(true),
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(
      z.array(
        z.string().regex(/^https?:\/\/[^/]+$/, 'must be origins such as https://app.test, comma-separated'),
      ),
    )
    .default([]),
  MAX_EVENT_LOOP_DELAY_SECONDS: seconds().default(2),
  SHUTDOWN_DELAY_SECONDS: seconds().default(0),
  SHUTDOWN_TIMEOUT_SECONDS: seconds(0.1).default(15),
};
