import { z } from 'zod';
import { agentCacheShape, facebookShape, type redisShape, serverShape, tokenShape } from './config/shapes.ts';

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

/**
 * Reads the Graph part of the process's environment as {@link loadFacebookSettings} does, which takes 100 times longer
 * than to see that none of its variables has changed.
 * @returns the same object for as long as it says the same. What it calls throws a ConfigError.
 */
export function facebookSettingsReader(): () => FacebookSettings {
  const names = Object.keys(facebookShape);
  let seen: { said: string; settings: FacebookSettings } | undefined;
  return () => {
    const said = JSON.stringify(names.map((name) => process.env[name]));
    if (seen?.said !== said) seen = { said, settings: loadFacebookSettings() };
    return seen.settings;
  };
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
