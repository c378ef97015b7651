import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FacebookSettings } from '../../../api/src/config.ts';
import type { World } from './call.ts';
import { DataSet } from './data-set.ts';
import { control } from './control.ts';
import { Faults } from './faults.ts';
import { Journal } from './journal.ts';
import { Latency, type LatencyChoice } from './latency.ts';
import { graphListener } from './listener.ts';
import { Pager, type PagingQuirks } from './paging.ts';
import { QueryLimits } from './query-limits.ts';
import { ReportRuns } from './report-runs.ts';
import { RowMemo } from './row-memo.ts';
import { completeTenant, DEFAULT_TENANTS, type Tenant, type TenantInput } from './tenants.ts';
import { type GraphApp, TokenBook, type UserToken } from './tokens.ts';
import { UsageMeter } from './usage.ts';

export interface GraphServerOptions {
  /** The same seed and clock give the same data. */
  seed?: string;
  /** The clock: "today", expiries, regain times. The system's by default. */
  now?: () => Date;
  /** Advertisers; the first one is the default. Three by default: `brl`, `clp`, `usd`. */
  tenants?: readonly TenantInput[];
  /** Versions of the Marketing API that answer, the newest last; others get code 2635. */
  versions?: readonly string[];
  /** Versions that have ended: what did not change since is answered by the oldest one, with a warning. */
  endedVersions?: readonly string[];
  latency?: LatencyChoice;
  paging?: Partial<PagingQuirks>;
  /** Every call must carry `appsecret_proof`. */
  requireProof?: boolean;
  /** 0, any free one, by default. */
  port?: number;
}

export interface GraphServer {
  /** `http://127.0.0.1:port`, without a version. */
  url: string;
  /** The newest version that answers. */
  version: string;
  /** What an agent of the default tenant is built with. */
  settings: FacebookSettings;
  /** The same as FACEBOOK_* variables. */
  env: Record<string, string>;
  settingsFor(tenantId: string): FacebookSettings;
  data: DataSet;
  tokens: TokenBook;
  journal: Journal;
  faults: Faults;
  usage: UsageMeter;
  latency: Latency;
  paging: Pager;
  reports: ReportRuns;
  limits: QueryLimits;
  /** Adds an advertiser while the server runs; a second token of a known account shares its data. */
  addTenant(tenant: TenantInput): UserToken;
  close(): Promise<void>;
}

const APP: GraphApp = { id: '1234567890123456', secret: 'test-app-secret-not-real', name: 'Stand-in app' };
const VERSIONS = ['v25.0', 'v26.0', 'v27.0'];
const ENDED_VERSIONS = ['v24.0'];

/** Starts a Graph API stand-in on loopback. Close it when done. */
export async function startGraphServer(options: GraphServerOptions = {}): Promise<GraphServer> {
  const { seed = 'stand-in', now = () => new Date(), versions = VERSIONS } = options;
  const tenants: readonly Tenant[] = options.tenants?.map(completeTenant) ?? DEFAULT_TENANTS;
  const tokens = new TokenBook(APP, now);
  for (const tenant of tenants) tokens.add(tenant);
  const world: World = {
    data: new DataSet({ seed, tenants, now }),
    rows: new RowMemo(),
    tokens,
    pager: new Pager(),
    reports: new ReportRuns(),
    limits: new QueryLimits(),
    now,
  };
  world.pager.set(options.paging ?? {});
  const controlled = {
    data: world.data,
    tokens,
    journal: new Journal((token, accountId) => tokens.owns(token, accountId)),
    faults: new Faults(now),
    usage: new UsageMeter(now),
    latency: new Latency(seed, options.latency ?? 'none'),
    paging: world.pager,
    reports: world.reports,
    limits: world.limits,
  };
  const listener = graphListener({
    ...controlled,
    world,
    versions,
    endedVersions: options.endedVersions ?? ENDED_VERSIONS,
    requireProof: options.requireProof ?? false,
    onControl: (request, response, url) => control(controlled, request, response, url),
  });
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const version = versions.at(-1) ?? 'v27.0';
  const settingsFor = (tenantId: string): FacebookSettings => {
    const { value, tenant } = tokens.get(tenantId);
    return {
      accessToken: value,
      adAccountId: tenant.accountId,
      appId: APP.id,
      appSecret: APP.secret,
      graphUrl: url,
      graphVersion: version,
      timeoutSeconds: 10,
    };
  };
  const settings = settingsFor(tenants[0]?.id ?? '');
  return {
    url,
    version,
    settings,
    env: environment(settings),
    settingsFor,
    ...controlled,
    addTenant(input) {
      const tenant = completeTenant(input);
      world.data.addTenant(tenant);
      return tokens.add(tenant);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function environment(settings: FacebookSettings): Record<string, string> {
  return {
    FACEBOOK_ACCESS_TOKEN: settings.accessToken,
    FACEBOOK_AD_ACCOUNT_ID: settings.adAccountId,
    FACEBOOK_APP_ID: settings.appId,
    FACEBOOK_APP_SECRET: settings.appSecret,
    FACEBOOK_GRAPH_URL: settings.graphUrl,
    FACEBOOK_GRAPH_VERSION: settings.graphVersion,
  };
}
