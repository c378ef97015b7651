import { z } from 'zod';

/** Thrown when the environment cannot be used; `faults` has one line per wrong variable. */
export class ConfigError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`Configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

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

const facebookShape = {
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

const agentCacheShape = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  AGENT_CACHE_TTL: seconds(1, YEAR_SECONDS).optional(),
  AGENT_CACHE_STALE_FOR: seconds(0, YEAR_SECONDS).default(300),
  AGENT_CACHE_KEEP_WARM: flag.default(false),
};

const tokenShape = {
  JWT_SECRET: text.min(32, 'must have at least 32 characters').optional(),
  JWT_ISSUER: text.default('facebook-agent-cache'),
  JWT_AUDIENCE: text.default('facebook-agent-cache-api'),
};

const redisShape = {
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

const serverShape = {
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

/** What an agent needs to talk to Graph. Times in seconds; the account id has no `act_`. */
export interface FacebookSettings {
  accessToken: string;
  adAccountId: string;
  appId: string;
  appSecret: string;
  graphUrl: string;
  graphVersion: string;
  timeoutSeconds: number;
  /** All that an insights report may take, from its start until its rows are read. Default 120. */
  reportSeconds?: number;
}

/** Times in seconds. */
export interface AgentCacheSettings {
  ttl: number;
  staleFor: number;
  keepWarm: boolean;
}

export interface TokenSigningSettings {
  /** For HS256. */
  secret: string;
  issuer: string;
  audience: string;
}

export interface ServerSettings {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** How many proxies in front of the server may be believed about a caller's address. */
  trustProxy: number;
  rateLimits: boolean;
  /** Origins whose pages may call the API; none by default. */
  corsOrigins: string[];
  /** Beyond this delay of the event loop requests are turned away; 0 never does. */
  maxEventLoopDelaySeconds: number;
  /** From the signal to the closing of the listener: what a load balancer needs to look elsewhere. */
  shutdownDelaySeconds: number;
  /** From the signal to the end of the process, whatever is still running. */
  shutdownTimeoutSeconds: number;
}

/** Where processes of one deployment meet. Times in seconds. */
export interface RedisSettings {
  url: string;
  /** Begins every key and channel. */
  prefix: string;
  /** How long a command may take before Redis counts as away. */
  timeoutSeconds: number;
  /** How often a process looks for an invalidation that it was not told of. */
  pollSeconds: number;
}

/** Times in seconds; the latter two matter with Redis only. */
export interface TaskSettings {
  /** Whether this process runs tasks. */
  enabled: boolean;
  /** How long a task's run is left to a worker that gives no sign of life. */
  lockSeconds: number;
  /** From a failed run to the next try; doubled by each further one. */
  retrySeconds: number;
  /** Where a worker process serves its metrics; nowhere without. */
  workerPort?: number;
}

export interface Config {
  env: 'production' | 'development' | 'test';
  server: ServerSettings;
  log: { level: string; format: 'text' | 'json' };
  facebook: FacebookSettings;
  agentCache: AgentCacheSettings;
  auth: { jwtSecret?: string; jwksUrl?: string; issuer: string; audience: string; apiKey: string };
  notion: { url: string; token?: string; databaseId?: string };
  n8n: { webhookUrl?: string; timeoutSeconds?: number };
  tasks: TaskSettings;
  /** The SQLite file that keeps what lasts where Redis is not configured; `:memory:` keeps it in the process. */
  stateFile: string;
  /** Undefined for a process on its own. */
  redis?: RedisSettings;
}

/**
 * Reads the whole configuration.
 * @throws {ConfigError} naming every missing or wrong variable at once.
 */
export function loadConfig(env: Environment = process.env): Config {
  const schema = z
    .object(serverShape)
    .refine((value) => value.JWT_SECRET || value.JWT_JWKS_URL, {
      path: ['JWT_SECRET'],
      error: 'is missing (or set JWT_JWKS_URL)',
      when: () => true,
    })
    .superRefine(refuseForProduction);
  const value = parse(schema, env);
  return {
    env: value.NODE_ENV,
    server: {
      host: value.HOST,
      port: value.PORT,
      trustProxy: value.TRUST_PROXY,
      rateLimits: value.RATE_LIMITS,
      corsOrigins: value.CORS_ORIGINS,
      maxEventLoopDelaySeconds: value.MAX_EVENT_LOOP_DELAY_SECONDS,
      shutdownDelaySeconds: value.SHUTDOWN_DELAY_SECONDS,
      shutdownTimeoutSeconds: value.SHUTDOWN_TIMEOUT_SECONDS,
    },
    log: { level: value.LOG_LEVEL, format: value.LOG_FORMAT },
    facebook: toFacebookSettings(value),
    agentCache: toAgentCacheSettings(value),
    auth: {
      jwtSecret: value.JWT_SECRET,
      jwksUrl: value.JWT_JWKS_URL,
      issuer: value.JWT_ISSUER,
      audience: value.JWT_AUDIENCE,
      apiKey: value.API_KEY,
    },
    notion: { url: value.NOTION_URL, token: value.NOTION_TOKEN, databaseId: value.NOTION_DATABASE_ID },
    n8n: { webhookUrl: value.N8N_WEBHOOK_URL, timeoutSeconds: value.N8N_TIMEOUT_SECONDS },
    tasks: {
      enabled: value.TASKS_ENABLED,
      lockSeconds: value.TASKS_LOCK_SECONDS,
      retrySeconds: value.TASKS_RETRY_SECONDS,
      workerPort: value.WORKER_PORT,
    },
    stateFile: value.STATE_FILE,
    redis: value.REDIS_URL ? toRedisSettings(value.REDIS_URL, value) : undefined,
  };
}

/** What goes to them, or comes from them, must not be read or made up on the way. */
const SENSITIVE_URLS = ['FACEBOOK_GRAPH_URL', 'NOTION_URL', 'JWT_JWKS_URL'] as const;

function refuseForProduction(value: Values<typeof serverShape>, context: z.RefinementCtx): void {
  if (value.NODE_ENV !== 'production') return;
  if (value.N8N_WEBHOOK_URL && /\/webhook-test(\/|$)/.test(value.N8N_WEBHOOK_URL)) {
    context.addIssue({
      code: 'custom',
      path: ['N8N_WEBHOOK_URL'],
      message: 'is a /webhook-test/ URL, which works once: publish the workflow and use its /webhook/ URL',
    });
  }
  for (const name of SENSITIVE_URLS) {
    const text = value[name];
    // One that is no URL has been told of.
    const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
    if (url?.protocol !== 'http:' || isLoopback(url.hostname)) continue;
    if (value.ALLOW_HTTP.includes(url.hostname.toLowerCase())) continue;
    context.addIssue({
      code: 'custom',
      path: [name],
      message: `must be an https URL in production; ALLOW_HTTP=${url.hostname} allows that host`,
    });
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** The Graph part alone: what `new FacebookAdsAgent()` uses. @throws {ConfigError} */
export function loadFacebookSettings(env: Environment = process.env): FacebookSettings {
  return toFacebookSettings(parse(z.object(facebookShape), env));
}

/** The cache part alone. @throws {ConfigError} */
export function loadAgentCacheSettings(env: Environment = process.env): AgentCacheSettings {
  return toAgentCacheSettings(parse(z.object(agentCacheShape), env));
}

/** What development tokens are signed with. @throws {ConfigError} also in production. */
export function loadTokenSettings(env: Environment = process.env): TokenSigningSettings {
  const schema = z.object({
    ...tokenShape,
    JWT_SECRET: tokenShape.JWT_SECRET.unwrap(),
    NODE_ENV: agentCacheShape.NODE_ENV.unwrap()
      .exclude(['production'], {
        error: 'tokens are made here for development only; in production your issuer makes them',
      })
      .default('development'),
  });
  const value = parse(schema, env);
  return { secret: value.JWT_SECRET, issuer: value.JWT_ISSUER, audience: value.JWT_AUDIENCE };
}

function parse<T extends z.ZodType>(schema: T, env: Environment): z.output<T> {
  // A variable set to nothing (`NAME=` in a .env file) counts as not set.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const says = name in present || issue.code === 'custom';
    return says ? `${name}: ${issue.message}` : `${name}: is missing`;
  });
  throw new ConfigError([...new Set(faults)].sort());
}

type Values<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

function toFacebookSettings(value: Values<typeof facebookShape>): FacebookSettings {
  return {
    accessToken: value.FACEBOOK_ACCESS_TOKEN,
    adAccountId: value.FACEBOOK_AD_ACCOUNT_ID,
    appId: value.FACEBOOK_APP_ID,
    appSecret: value.FACEBOOK_APP_SECRET,
    graphUrl: value.FACEBOOK_GRAPH_URL.replace(/\/+$/, ''),
    graphVersion: value.FACEBOOK_GRAPH_VERSION,
    timeoutSeconds: value.FACEBOOK_TIMEOUT_SECONDS,
    reportSeconds: value.FACEBOOK_REPORT_SECONDS,
  };
}

function toRedisSettings(url: string, value: Values<typeof redisShape>): RedisSettings {
  return {
    url,
    prefix: value.REDIS_PREFIX,
    timeoutSeconds: value.REDIS_TIMEOUT_SECONDS,
    pollSeconds: value.REDIS_POLL_SECONDS,
  };
}

function toAgentCacheSettings(value: Values<typeof agentCacheShape>): AgentCacheSettings {
  return {
    ttl: value.AGENT_CACHE_TTL ?? (value.NODE_ENV === 'production' ? 3600 : 300),
    staleFor: value.AGENT_CACHE_STALE_FOR,
    keepWarm: value.AGENT_CACHE_KEEP_WARM,
  };
}
