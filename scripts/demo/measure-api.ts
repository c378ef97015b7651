import type { GraphServer } from '../../test/support/graph/index.ts';
import { startApi } from './api-process.ts';
import { createDemoCredentials } from './credentials.ts';
import { type LoadRequest, runLoad } from './load.ts';
import type { Measurement } from './report.ts';

const ROUNDS = 10;
const CONCURRENCY = 5;

export interface MeasureOptions {
  /** Folder that holds the API to serve. */
  root: string;
  graph: GraphServer;
  /** Whether the API uses the agent cache, and so creates its agent before the first request. */
  cached: boolean;
}

export interface ApiMeasurement {
  measurement: Measurement;
  /** Milliseconds spent on creating cached agents, all together. */
  creationMs: number;
}

/**
 * Serves a tree and sends it the same requests as any other. The Graph server's journal counts agents
 * (each reads its account once) and validations: from the start of the process when the API caches;
 * from readiness when it does not, since only then are its requests the ones that pay.
 */
export async function measureApi({ root, graph, cached }: MeasureOptions): Promise<ApiMeasurement> {
  const credentials = createDemoCredentials();
  graph.journal.clear();
  const api = await startApi(root, {
    ...graph.env,
    ...credentials.env,
    TASKS_ENABLED: 'false',
    RATE_LIMITS: 'false',
  });
  try {
    if (!cached) graph.journal.clear();
    const headers = { authorization: `Bearer ${await credentials.userToken()}` };
    const result = await runLoad(api.url, requestsOver(graph), { concurrency: CONCURRENCY, headers });
    return {
      measurement: {
        ...result,
        agentsCreated: graph.journal.count('account'),
        graphValidations: graph.journal.validations(),
      },
      creationMs: await creationTime(api.url),
    };
  } finally {
    await api.stop();
  }
}

/** A mix of what the API is asked, ten times over. */
function requestsOver({ data }: GraphServer): LoadRequest[] {
  const campaign = data.campaigns()[0];
  const ad = campaign?.ads[0];
  if (!campaign || !ad) throw new Error('The stand-in data has no campaign with an ad');
  const mix: LoadRequest[] = [
    { method: 'GET', path: '/api/v1/campaigns?limit=10' },
    { method: 'GET', path: `/api/v1/campaigns/${campaign.id}/insights` },
    { method: 'GET', path: `/api/v1/metrics/ad-performance?ad_id=${ad.id}` },
    { method: 'GET', path: '/api/v1/analytics/dashboard' },
    { method: 'POST', path: '/api/v1/automation/pause-underperforming', body: {} },
    { method: 'POST', path: '/api/v1/chat', body: { message: 'Which campaigns are active?' } },
  ];
  return Array.from({ length: ROUNDS }, () => mix).flat();
}

async function creationTime(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^facebook_agent_creation_time_ms_sum(?:\{.*\})? (\S+)/m.exec(text)?.[1] ?? 0);
}
