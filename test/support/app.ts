import { loadConfig } from '../../api/src/config.ts';
import { type AppContext, createContext } from '../../api/src/context.ts';
import { startService } from '../../api/src/server/service.ts';
import { signToken, TEST_API_KEY, TEST_JWT_SECRET } from './access-tokens.ts';
import { assertAsDocumented } from './contract.ts';
import { type GraphServer, type GraphServerOptions, startGraphServer } from './graph/index.ts';
import { captureLogs } from './log-capture.ts';

export interface TestApp {
  url: string;
  context: AppContext;
  graph: GraphServer;
  /** Bearer tokens. */
  tokens: { user: string; admin: string };
  apiKey: string;
  /** Every line logged since the start. */
  logs: string[];
  /** The first log line that matches, once there is one. */
  logLine(pattern: RegExp): Promise<string>;
  /**
   * One request; `as` adds the credentials. Its body, if any, goes as JSON unless it is a string.
   * @throws when the answer is not as the OpenAPI document says
   */
  request(method: string, path: string, options?: RequestOptions): Promise<TestResponse>;
  /** Ends everything. @throws when a secret was in any answer to `request` or in any log line. */
  stop(): Promise<void>;
}

export interface RequestOptions {
  as?: 'user' | 'admin' | 'machine';
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestResponse {
  status: number;
  headers: Headers;
  text: string;
  /** The body, parsed when its media type is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers freely
  body: any;
}

export interface TestAppOptions {
  /** Beside what the stand-in needs; see .env.example. */
  env?: Record<string, string>;
  overrides?: Partial<AppContext>;
  graph?: GraphServerOptions;
  /** Has the first agent made before this resolves. Default false: the cache is cold. */
  warm?: boolean;
  /** Starts warming up and resolves at once. */
  warming?: boolean;
}

/** The real service on a free port of loopback, on a stand-in Graph server of its own. */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const logs = captureLogs();
  const graph = await startGraphServer(options.graph);
  const config = loadConfig({
    ...graph.env,
    NODE_ENV: 'test',
    PORT: '0',
    JWT_SECRET: TEST_JWT_SECRET,
    API_KEY: TEST_API_KEY,
    TASKS_ENABLED: 'false',
    STATE_FILE: ':memory:',
    RATE_LIMITS: 'false',
    MAX_EVENT_LOOP_DELAY_SECONDS: '0',
    AGENT_CACHE_STALE_FOR: '0',
    ...options.env,
  });
  const context = createContext(config, options.overrides);
  const warmed = new Promise<void>((resolve) => context.readiness.onReady(resolve));
  const service = await startService(context, { warmUp: Boolean(options.warm || options.warming) });
  if (options.warm) await warmed;
  const tokens = { user: await signToken(), admin: await signToken({ sub: 'admin-1', role: 'admin' }) };
  const credentials = {
    user: { Authorization: `Bearer ${tokens.user}` },
    admin: { Authorization: `Bearer ${tokens.admin}` },
    machine: { 'X-API-Key': TEST_API_KEY },
  };
  const answers: string[] = [];
  return {
    url: service.url,
    context,
    graph,
    tokens,
    apiKey: TEST_API_KEY,
    logs: logs.lines,
    logLine: (pattern) => logs.line(pattern),
    async request(method, path, { as, body, headers } = {}) {
      const init = {
        method,
        headers: {
          ...(as && credentials[as]),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      };
      const response = await fetch(`${service.url}${path}`, init);
      const text = await response.text();
      answers.push(`${method} ${path}\n${JSON.stringify([...response.headers])}\n${text}`);
      assertAsDocumented({ method, path, status: response.status, headers: response.headers, text });
      const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text !== '' ? JSON.parse(text) : text,
      };
    },
    async stop() {
      await service.stop();
      await graph.close();
      logs.stop();
      assertNoSecrets([...secretsOf(context, Object.values(tokens))], [...answers, ...logs.lines]);
    },
  };
}

function secretsOf({ config }: AppContext, tokens: string[]): string[] {
  const { facebook, auth, notion, n8n } = config;
  const configured = [facebook.accessToken, facebook.appSecret, auth.jwtSecret, auth.apiKey];
  const secrets = [...configured, notion.token, n8n.webhookUrl, ...tokens];
  return secrets.filter((secret) => secret !== undefined);
}

function assertNoSecrets(secrets: string[], texts: string[]): void {
  for (const secret of secrets) {
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    const leak = texts.find((text) => forms.some((form) => text.includes(form)));
    if (leak !== undefined) throw new Error(`A secret leaked (${secret.slice(0, 12)}…) in:\n${leak}`);
  }
}
