import {
  ConfigError,
  facebookSettingsReader,
  loadConfig,
  loadFacebookSettings,
} from '../../api/src/config.ts';

const COMPLETE = {
  FACEBOOK_ACCESS_TOKEN: 'test-token-not-real',
  FACEBOOK_AD_ACCOUNT_ID: '1',
  FACEBOOK_APP_ID: '1',
  FACEBOOK_APP_SECRET: 'test-secret-not-real',
  API_KEY: 'test-api-key-not-real-0123456789',
  JWT_SECRET: 'test-jwt-secret-not-real-0123456789abcdef',
};

function faultsOf(env: Record<string, string>): string[] {
  try {
    loadConfig({ ...COMPLETE, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test.each([
  'FACEBOOK_TIMEOUT_SECONDS',
  'AGENT_CACHE_TTL',
  'AGENT_CACHE_STALE_FOR',
  'REDIS_TIMEOUT_SECONDS',
  'REDIS_POLL_SECONDS',
  'TASKS_LOCK_SECONDS',
  'TASKS_RETRY_SECONDS',
  'MAX_EVENT_LOOP_DELAY_SECONDS',
  'SHUTDOWN_DELAY_SECONDS',
  'SHUTDOWN_TIMEOUT_SECONDS',
])('%s has an upper bound, within what a timer can wait', (name) => {
  for (const value of ['1e9', 'Infinity', '31536001']) {
    expect(faultsOf({ [name]: value })).toEqual([
      expect.stringMatching(`^${name}: must be a number of seconds`),
    ]);
  }
  expect(faultsOf({ [name]: '60' })).toEqual([]);
  expect(faultsOf({ [name]: '86400' })).toEqual([]);
});

test('no timer takes more than 24.8 days', () => {
  expect(faultsOf({ SHUTDOWN_TIMEOUT_SECONDS: '3000000' })).toEqual([
    'SHUTDOWN_TIMEOUT_SECONDS: must be a number of seconds from 0.1 to 86400',
  ]);
});

describe('in production', () => {
  const production = { NODE_ENV: 'production' };

  test.each(['FACEBOOK_GRAPH_URL', 'NOTION_URL', 'JWT_JWKS_URL'])('%s needs https', (name) => {
    const env = { ...production, [name]: 'http://graph.example/v1' };
    expect(faultsOf(env)).toEqual([
      `${name}: must be an https URL in production; ALLOW_HTTP=graph.example allows that host`,
    ]);
    expect(faultsOf({ ...env, ALLOW_HTTP: 'other.example' })).toHaveLength(1);
    expect(faultsOf({ ...env, ALLOW_HTTP: 'other.example, Graph.example' })).toEqual([]);
    expect(faultsOf({ ...env, NODE_ENV: 'development' })).toEqual([]);
    expect(faultsOf({ ...production, [name]: 'https://graph.example' })).toEqual([]);
  });

  test.each(['127.0.0.1:8080', 'localhost', '[::1]:80'])(
    'what stays on this machine may be http: %s',
    (host) => {
      expect(faultsOf({ ...production, FACEBOOK_GRAPH_URL: `http://${host}` })).toEqual([]);
    },
  );

  test.each(['127.0.0.1.evil.example', 'localhost.example', '1270.0.0.1'])(
    'what only looks so may not: %s',
    (host) => {
      expect(faultsOf({ ...production, FACEBOOK_GRAPH_URL: `http://${host}` })).toHaveLength(1);
    },
  );
});

describe('what is read again and again from the environment', () => {
  const saved = { ...process.env };
  afterEach(() => {
    process.env = { ...saved };
  });

  test('is the same object until a variable changes, and a fault is told at each reading', () => {
    process.env = {
      FACEBOOK_ACCESS_TOKEN: 'test-token-not-real',
      FACEBOOK_AD_ACCOUNT_ID: 'act_1',
      FACEBOOK_APP_ID: '2',
      FACEBOOK_APP_SECRET: 'test-secret-not-real',
    };
    const read = facebookSettingsReader();
    const first = read();
    expect(first).toEqual(loadFacebookSettings());
    process.env.UNRELATED = '1';
    expect(read()).toBe(first);
    process.env.FACEBOOK_ACCESS_TOKEN = 'test-token-two-not-real';
    expect(read()).toEqual({ ...first, accessToken: 'test-token-two-not-real' });
    delete process.env.FACEBOOK_APP_ID;
    expect(read).toThrow(/FACEBOOK_APP_ID/);
    expect(read).toThrow(/FACEBOOK_APP_ID/);
    process.env.FACEBOOK_APP_ID = '3';
    expect(read().appId).toBe('3');
  });
});
