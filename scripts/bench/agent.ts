import { logger } from '../../api/src/observability/logger.ts';
import { closeGraphConnections } from '../../api/src/agents/graph-origin.ts';
import { startGraphServer } from '../../test/support/graph/index.ts';
import { type DashboardCost, measureDashboard } from './agent/dashboard.ts';
import { measureRows, type RowCost } from './agent/rows.ts';

/** Milliseconds that the stand-in takes for each answer: a tenth of what Graph takes. */
const ANSWER_MS = 10;

export interface AgentCosts {
  rows: RowCost[];
  dashboard: DashboardCost[];
}

/** The agent against the stock SDK: what insight rows cost, and what a dashboard costs. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const costs = await measureAgent({ rowRounds: 25, dashboardRounds: 5 });
  if (json) console.log(JSON.stringify(costs, null, 2));
  else print(costs);
}

/** Measures both on stand-in Graph servers of its own. */
export async function measureAgent(effort: {
  rowRounds: number;
  dashboardRounds: number;
}): Promise<AgentCosts> {
  logger.silent = true;
  const rows = await onServer(1_000, 0, (graph) => measureRows(graph, effort.rowRounds));
  const dashboard = await onServer(64, ANSWER_MS, (graph) => measureDashboard(graph, effort.dashboardRounds));
  await closeGraphConnections();
  return { rows, dashboard };
}

type GraphServer = Awaited<ReturnType<typeof startGraphServer>>;

async function onServer<T>(campaigns: number, answerMs: number, work: (graph: GraphServer) => Promise<T>) {
  const tenant = {
    id: 'bench',
    token: 'test-token-bench-not-real',
    accountId: '10150000000000501',
    campaigns,
  };
  const graph = await startGraphServer({ tenants: [tenant], latency: { other: answerMs } });
  try {
    return await work(graph);
  } finally {
    await graph.close();
  }
}

function print({ rows, dashboard }: AgentCosts): void {
  console.log('500 insight rows, from text to objects');
  for (const { name, msPer500Rows, timesJsonParse } of rows) {
    console.log(
      `  ${name.padEnd(34)}${ms(msPer500Rows)}${timesJsonParse.toFixed(1).padStart(8)} x JSON.parse`,
    );
  }
  console.log(`\nA dashboard of 64 campaigns, Graph answering in ${ANSWER_MS} ms`);
  for (const { name, graphCalls, p50Ms } of dashboard) {
    console.log(`  ${name.padEnd(34)}${ms(p50Ms)}${String(graphCalls).padStart(8)} calls`);
  }
}

const ms = (value: number): string => `${value.toFixed(2)} ms`.padStart(12);
