import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type CampaignRow, toCampaign } from '../../../api/src/agents/campaign-rows.ts';
import { encodeCursor } from '../../../api/src/api/schemas/cursor.ts';

/** What the service asks Graph for its answer, less the secrets. */
export interface GraphCall {
  /** With the version, without the query. */
  path: string;
  query: Record<string, string>;
  budgetUnits: number;
}

const { FACEBOOK_GRAPH_URL, FACEBOOK_ACCESS_TOKEN = '', FACEBOOK_APP_SECRET = '' } = process.env;
const call: GraphCall = JSON.parse(process.env.GRAPH_CALL ?? '{}');
const proof = createHmac('sha256', FACEBOOK_APP_SECRET).update(FACEBOOK_ACCESS_TOKEN).digest('hex');
const query = new URLSearchParams({ ...call.query, appsecret_proof: proof }).toString();
const graphUrl = `${FACEBOOK_GRAPH_URL}${call.path}?${query}`;
const headers = { authorization: `Bearer ${FACEBOOK_ACCESS_TOKEN}` };

/** Nothing but what cannot be left out: no login, no limit, no header, no metric. */
const programs: Record<string, RequestListener> = {
  'node:http': (_req, res) => {
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.end(JSON.stringify({ status: 'alive' }));
  },
  express: express()
    .disable('x-powered-by')
    .disable('etag')
    .get('/livez', (_req, res) => void res.json({ status: 'alive' })),
  'express+graph': express()
    .disable('x-powered-by')
    .disable('etag')
    .get('/api/v1/campaigns', async (_req, res) => {
      const { data } = (await (await fetch(graphUrl, { headers })).json()) as { data: CampaignRow[] };
      const campaigns = data.slice(0, 1).map((row) => toCampaign(row, call.budgetUnits));
      res.json({ campaigns, next_cursor: encodeCursor([null, 1, campaigns[0]?.id ?? '']) });
    }),
};

const server = createServer(programs[process.argv[2] ?? '']).listen(0, '127.0.0.1', () => {
  process.stdout.write(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
