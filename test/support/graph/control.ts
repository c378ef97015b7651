import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { DATE_PRESETS } from '../../../api/src/domain/period.ts';
import { CONTROL_PREFIX } from './control-prefix.ts';
import type { DataSet } from './data-set.ts';
import type { Faults } from './faults.ts';
import { faultSpec } from './fault-spec.ts';
import type { Journal } from './journal.ts';
import type { Latency } from './latency.ts';
import type { Pager } from './paging.ts';
import { isDay } from './calendar.ts';
import { readBody } from './params.ts';
import { jsonReply, type Reply, sendReply } from './reply.ts';
import { ROUTE_NAMES } from './route-name.ts';
import type { QueryLimits } from './query-limits.ts';
import type { ReportRuns } from './report-runs.ts';
import type { TokenBook } from './tokens.ts';
import type { UsageMeter } from './usage.ts';

/** The parts of a server that another process may steer. */
export interface Controlled {
  data: DataSet;
  tokens: TokenBook;
  journal: Journal;
  faults: Faults;
  latency: Latency;
  paging: Pager;
  usage: UsageMeter;
  reports: ReportRuns;
  limits: QueryLimits;
}

const latencyChoice = z.union([
  z.enum(['none', 'realistic']),
  z.partialRecord(z.enum([...ROUTE_NAMES, 'other']), z.number().min(0)),
]);
const percent = z.number().min(0).max(100).optional();
const usageLevels = z.strictObject({
  token: z.string().optional(),
  app: percent,
  account: percent,
  business: percent,
  insights: percent,
});
const quirks = z.strictObject({
  shortPages: z.boolean().optional(),
  emptyPages: z.boolean().optional(),
  trailingNext: z.boolean().optional(),
});
const day = z.string().refine(isDay, 'must be a day');
const expectedQuery = z.union([
  z.object({ preset: z.enum(DATE_PRESETS) }),
  z.object({ since: day, until: day }),
]);
const queryLimits = z.strictObject({
  sync: z.number().min(0).optional(),
  report: z.number().min(0).optional(),
});
const figures = z.strictObject({
  account: z.string().optional(),
  account_status: z.int().optional(),
  settling: z.boolean().optional(),
  missing_purchases: z
    .strictObject({ levels: z.array(z.enum(['account', 'campaign', 'ad'])), since: day, until: day })
    .nullable()
    .optional(),
});
const subject = z.object({
  campaignId: z.string().optional(),
  adId: z.string().optional(),
  account: z.string().optional(),
});

interface Ask {
  /** What stands behind the name of the thing: `/__standin/faults/fault-1` has `fault-1`. */
  rest: string[];
  query: Record<string, string>;
  body: unknown;
}

type Answer = (server: Controlled, ask: Ask) => unknown;

const ANSWERS: Record<string, Answer> = {
  'GET journal': ({ journal }, { query }) => ({
    counts: journal.counts(),
    validations: journal.validations(),
    connections: journal.connections,
    openConnections: journal.openConnections,
    crossTenant: journal.crossTenant().length,
    ...(query.requests === '0' ? {} : { requests: journal.requests }),
  }),
  'DELETE journal': ({ journal }) => journal.clear(),
  'GET faults': ({ faults }) => faults.list().map(({ id, fault, hits }) => ({ id, hits, ...fault })),
  'POST faults': ({ faults }, { body }) => ({ id: faults.add(faultSpec.parse(body)).id }),
  'DELETE faults': ({ faults }, { rest }) => faults.clear(rest[0]),
  'POST tokens': ({ tokens }, { rest: [id = '', action], body }) => {
    if (action === 'restore') tokens.restore(id);
    else tokens.revoke(id, z.object({ subcode: z.int().optional() }).parse(body ?? {}).subcode);
  },
  'POST latency': ({ latency }, { body }) => latency.set(latencyChoice.parse(body)),
  'POST paging': ({ paging }, { body }) => paging.set(quirks.parse(body)),
  'POST usage': ({ usage }, { body }) => {
    const { token, ...levels } = usageLevels.parse(body);
    usage.set(levels, token);
  },
  'DELETE usage': ({ usage }) => usage.reset(),
  'POST limits': ({ limits }, { body }) => {
    Object.assign(limits, queryLimits.parse(body));
  },
  'POST figures': ({ data }, { body }) => {
    const { account, account_status, settling, missing_purchases } = figures.parse(body);
    if (account_status !== undefined) data.account(account).accountStatus = account_status;
    if (settling !== undefined) data.settling = settling;
    if (missing_purchases !== undefined) data.missingPurchases = missing_purchases ?? undefined;
  },
  'GET accounts': ({ data }) =>
    data.accounts.map(({ id, tenant, currency, timeZone, campaigns }) => ({
      id,
      tenant: tenant.id,
      currency,
      timeZone,
      today: data.today(id),
      campaigns: campaigns.map((campaign) => ({
        id: campaign.id,
        name: campaign.name,
        kind: campaign.kind,
        effectiveStatus: campaign.effectiveStatus,
        ads: campaign.ads.map((ad) => ad.id),
      })),
    })),
  'GET expected': ({ data }, { query }) =>
    data.expectedInsights({ ...subject.parse(query), ...expectedQuery.parse(query) }),
};

/** Steers a server from another process. Only loopback may. */
export async function control(
  server: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  sendReply(response, await reply(server, request, url));
}

async function reply(server: Controlled, request: IncomingMessage, url: URL): Promise<Reply> {
  const peer = request.socket.remoteAddress ?? '';
  if (!/^(::ffff:)?127\.|^::1$/.test(peer)) return jsonReply(403, { error: 'Loopback only' });
  const [thing = '', ...rest] = url.pathname.slice(CONTROL_PREFIX.length).split('/').filter(Boolean);
  const answer = ANSWERS[`${request.method} ${thing}`];
  if (answer === undefined) return jsonReply(404, { error: 'No such control' });
  try {
    const text = await readBody(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const result = answer(server, { rest, query: Object.fromEntries(url.searchParams), body });
    return jsonReply(200, result === undefined ? { ok: true } : result);
  } catch (error) {
    return jsonReply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}
