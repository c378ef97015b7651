import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readAllRows } from '../../../api/src/agents/graph-paging.ts';
import { INSIGHTS_FIELDS, type InsightsRow, toInsights } from '../../../api/src/agents/insights-rows.ts';
import type { Insights } from '../../../api/src/domain/campaign.ts';
import type { GraphServer } from '../../../test/support/graph/index.ts';
import { median } from '../cache/numbers.ts';
import { stockSdk } from './stock-sdk.ts';

export interface RowCost {
  name: string;
  msPer500Rows: number;
  /** Against `JSON.parse` of the same body in the same run. */
  timesJsonParse: number;
}

const ROWS = 500;

/** What one page of 500 insight rows costs from its text to the objects that a caller holds. */
export async function measureRows(graph: GraphServer, rounds: number): Promise<RowCost[]> {
  const body = await pageOfRows(graph);
  const { api, AdAccount } = await stockSdk(graph);
  // The same body for everyone: only what is made of it is compared.
  api.call = async <T>() => JSON.parse(body) as T;
  const account = new AdAccount(`act_${graph.settings.adAccountId}`, {}, undefined, api);
  const ways: Record<string, () => unknown> = {
    'JSON.parse': () => JSON.parse(body),
    ours: () => ours(body, graph.url),
    'stock SDK': () => account.getInsights([...INSIGHTS_FIELDS], { level: 'campaign', limit: ROWS }),
  };
  const costs = await inTurns(ways, rounds);
  const floor = costs.get('JSON.parse') ?? Number.NaN;
  return [...costs].map(([name, ms]) => ({ name, msPer500Rows: ms, timesJsonParse: ms / floor }));
}

/** The agent's way of a page: parsed, checked, and mapped by campaign. */
async function ours(body: string, origin: string): Promise<Map<unknown, Insights>> {
  const rows = (await readAllRows(async () => JSON.parse(body), origin, { limit: ROWS })) as InsightsRow[];
  return new Map(rows.map((row) => [row.campaign_id, toInsights(row)]));
}

/**
 * Median milliseconds of each way, taken in turns so that a noisy moment hits all alike, and each
 * from a clean heap so that none pays for what another left behind.
 */
async function inTurns(ways: Record<string, () => unknown>, rounds: number): Promise<Map<string, number>> {
  const samples = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      collectGarbage();
      const begin = performance.now();
      await way();
      if (round >= 0) samples.get(name)?.push(performance.now() - begin);
    }
  }
  return new Map([...samples].map(([name, times]) => [name, median(times)]));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function pageOfRows({ settings, url, version }: GraphServer): Promise<string> {
  const fields = ['campaign_id', ...INSIGHTS_FIELDS].join(',');
  const query = new URLSearchParams({
    fields,
    level: 'campaign',
    date_preset: 'last_7d',
    limit: String(ROWS),
  });
  const response = await fetch(`${url}/${version}/act_${settings.adAccountId}/insights?${query.toString()}`, {
    headers: { authorization: `Bearer ${settings.accessToken}` },
  });
  const { data } = (await response.json()) as { data: unknown[] };
  if (data.length < ROWS) throw new Error(`The stand-in has only ${data.length} rows`);
  return JSON.stringify({ data });
}
