import cors from 'cors';
import express, { type Express, type RequestHandler, type Router } from 'express';
import { adminRouter } from './api/admin.ts';
import { analyticsRouter } from './api/analytics.ts';
import { automationRouter } from './api/automation.ts';
import { campaignsRouter } from './api/campaigns.ts';
import { chatRouter } from './api/chat.ts';
import { docsRouter } from './api/docs.ts';
import { healthRouter } from './api/health.ts';
import { historyRouter } from './api/history.ts';
import { metricsRouter } from './api/metrics.ts';
import { notionRouter } from './api/notion.ts';
import { assertDocumented, type Mounted } from './api/openapi/assert-documented.ts';
import { prometheusRouter } from './api/prometheus.ts';
import { referenceRouter } from './api/reference-page.ts';
import type { AppContext } from './context.ts';
import { accessLog } from './middleware/access-log.ts';
import { chain } from './middleware/chain.ts';
import { warnOfUnknownProxy } from './middleware/client-address.ts';
import { errorHandler } from './middleware/error-handler.ts';
import { readForwardedPrefix } from './middleware/forwarded-prefix.ts';
import { jsonBody } from './middleware/json-body.ts';
import { knownRoutesOf } from './middleware/known-routes.ts';
import { noStore } from './middleware/no-store.ts';
import { createRateLimits } from './middleware/rate-limits.ts';
import { oneHost } from './middleware/one-host.ts';
import { requestId } from './middleware/request-id.ts';
import { secureHeaders } from './middleware/secure-headers.ts';
import { shedLoad } from './middleware/shed-load.ts';

const BODY_LIMIT_BYTES = 100_000;
/** What pages of other origins may read of an answer: docs/errors.md tells them to. */
const EXPOSED_HEADERS = [
  'X-Request-Id',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Allow',
  'WWW-Authenticate',
];

/** The application: the order of its middleware and where each router stands, nothing else. */
export function createApp(context: AppContext): Express {
  const { config, guards, stores, notion } = context;
  const { requireUser, requireAdmin, requireApiKey } = guards;
  const limits = createRateLimits({
    enabled: config.server.rateLimits,
    createStore: context.fleet?.createRateLimitStore,
  });
  const body = jsonBody(BODY_LIMIT_BYTES);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.server.trustProxy);
  const { trustProxy } = config.server;
  app.use(
    requestId,
    accessLog,
    readForwardedPrefix(trustProxy),
    warnOfUnknownProxy(trustProxy),
    oneHost,
    secureHeaders(),
  );
  if (config.server.corsOrigins.length > 0)
    app.use(cors({ origin: config.server.corsOrigins, exposedHeaders: EXPOSED_HEADERS }));

  const mounts: Mounted[] = [];
  const mount = (path: string, before: RequestHandler[], ...routers: Router[]) => {
    mounts.push({ path, routers });
    // One step on the way of all requests to other paths, however many there are inside.
    app.use(path, chain(knownRoutesOf(routers), ...before, ...routers));
  };
  const user = (limit: RequestHandler) => [requireUser, limit];

  app.use(['/api', '/admin', '/health'], noStore);
  app.use('/api', shedLoad(config.server.maxEventLoopDelaySeconds));
  mount(
    '/api/v1/metrics',
    [],
    metricsRouter({
      requireUser: chain(requireUser, limits.ads),
      requireApiKey: chain(requireApiKey, limits.export),
    }),
  );
  mount('/api/v1/campaigns', user(limits.campaigns), campaignsRouter());
  mount('/api/v1/chat', [...user(limits.chat), ...body], chatRouter({ chat: stores.chat }));
  mount('/api/v1/analytics', user(limits.analytics), analyticsRouter(), historyRouter(stores));
  mount('/api/v1/notion', [...user(limits.notion), ...body], notionRouter({ notion }));
  mount('/api/v1/automation', [...user(limits.automation), ...body], automationRouter(stores));
  mount('/admin', [requireAdmin], adminRouter(adminDeps(context)));
  mount(
    '/',
    [],
    healthRouter(healthDeps(context)),
    prometheusRouter(),
    docsRouter(context),
    referenceRouter(),
  );
  assertDocumented(mounts);

  app.use(limits.logins, errorHandler);
  return app;
}

function adminDeps({ fleet }: AppContext) {
  return { publication: fleet && (() => fleet.invalidations.lastPublication) };
}

function healthDeps({ readiness, version, notion, n8n, scheduler, fleet, stores }: AppContext) {
  const integrations = { notion: notion.configured, n8n: n8n.configured };
  const redis = fleet && (() => fleet.link.up);
  const stateWritable = fleet ? undefined : () => stores.writable();
  return {
    readiness,
    version,
    integrations,
    redis,
    stateWritable,
    tasks: () => scheduler.status(),
    scheduled: () => scheduler.complete(),
  };
}
