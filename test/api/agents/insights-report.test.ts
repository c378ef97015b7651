import { deeply, someOf } from '../../support/depth.ts';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import {
  GraphDeadlineError,
  GraphTooMuchDataError,
  GraphTransientError,
} from '../../../api/src/agents/graph-errors.ts';
import { runInRequestContext } from '../../../api/src/observability/request-context.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { captureLogs } from '../../support/log-capture.ts';

const NOW = new Date('2026-11-20T15:00:00Z');
const HEAVY = { kind: 'error', code: 100, subcode: 1_504_018, route: 'account_insights' } as const;

let graph: GraphServer;

beforeEach(async () => {
  graph = await startGraphServer({ now: () => NOW });
});
afterEach(() => graph.close());

const agentOf = (settings: object = {}) => new FacebookAdsAgent({ ...graph.settings, ...settings });
const expected = (since: string, until: string) => graph.data.expectedInsights({ since, until });

test.each(
  someOf([
    [100, 1_504_018],
    [2, 1_504_038],
    [2, 1_504_044],
  ]),
)(
  'a query that is too heavy (%i/%i) is answered by a report run, at the first call',
  async (code, subcode) => {
    graph.faults.add({ kind: 'error', code, subcode, route: 'account_insights' });
    const insights = await agentOf().getAccountInsights('last_30d');
    expect(insights?.spend).toBeCloseTo(graph.data.expectedInsights({ preset: 'last_30d' })?.spend ?? -1, 6);
    expect(graph.journal.counts()).toMatchObject({
      account_insights: { brl: 1 },
      report_start: { brl: 1 },
      report: { brl: 2 },
      report_insights: { brl: 1 },
    });
  },
);

test('an answer that does not come in time is asked for by report, and the next time at once', async () => {
  graph.faults.add({ kind: 'hang', route: 'account_insights' });
  const agent = agentOf({ timeoutSeconds: 3 });
  expect(await agent.getAccountInsights('last_7d')).not.toBeNull();
  expect(await agent.getAccountInsights('last_7d')).not.toBeNull();
  expect(graph.journal.counts()).toMatchObject({ account_insights: { brl: 1 }, report_start: { brl: 2 } });
});

test('heavy queries never count as Graph being down', async () => {
  graph.faults.add({
    kind: 'error',
    code: 2,
    subcode: 1_504_044,
    route: ['account_insights', 'report_start'],
  });
  const agent = agentOf();
  for (let turn = 0; turn < 8; turn++) {
    await expect(agent.getAccountInsights('last_30d')).rejects.toThrow(GraphTooMuchDataError);
  }
  expect((await agent.getCampaigns()).length).toBeGreaterThan(0);
});

test('equal questions at once share one run, and its progress is in the log', async () => {
  const logs = captureLogs();
  graph.faults.add(HEAVY);
  graph.reports.pollsNeeded = 4;
  const agent = agentOf();
  const answers = await Promise.all([1, 2, 3].map(() => agent.getAccountInsights('last_30d')));
  logs.stop();
  expect(new Set(answers.map((answer) => answer?.spend)).size).toBe(1);
  expect(graph.journal.count('report_start')).toBe(1);
  // At 100 % it was running still.
  expect(logs.lines.filter((line) => line.includes('Insights report at 100 %'))).toHaveLength(1);
});

deeply('a run ends with the last caller that waits for it', async () => {
  graph.faults.add(HEAVY);
  graph.reports.pollsNeeded = 1000;
  const agent = agentOf();
  await agent.connect();
  const [first, second] = [new AbortController(), new AbortController()];
  const calls = [first, second].map(({ signal }) =>
    runInRequestContext({ requestId: 'r', signal }, () => agent.getAccountInsights('last_30d')),
  );
  const settled = Promise.allSettled(calls);
  await graph.journal.until((journal) => journal.count('report') > 1);
  first.abort(new Error('gone'));
  await expect(calls[0]).rejects.toThrow('gone');
  const seen = graph.journal.count('report');
  await graph.journal.until((journal) => journal.count('report') > seen);
  second.abort(new Error('gone too'));
  await settled;
  const last = graph.journal.count('report');
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(graph.journal.count('report')).toBeLessThanOrEqual(last + 1);
});

deeply('a run has a deadline of its own', async () => {
  graph.faults.add(HEAVY);
  graph.reports.pollsNeeded = 1000;
  await expect(agentOf({ reportSeconds: 1 }).getAccountInsights('last_30d')).rejects.toThrow(
    GraphDeadlineError,
  );
});

deeply('a run that is skipped is started once more; one that fails twice says so', async () => {
  graph.faults.add(HEAVY);
  graph.reports.ends = [{ status: 'Job Skipped' }];
  expect(await agentOf().getAccountInsights('yesterday')).not.toBeNull();
  graph.reports.ends = [{ status: 'Job Failed' }, { status: 'Job Failed' }];
  await expect(agentOf().getAccountInsights('yesterday')).rejects.toThrow(GraphTransientError);
});

deeply('what is too much for a run is asked in halves of its days, and adds up', async () => {
  graph.limits.sync = 100;
  graph.limits.report = 64 * 20;
  const period = { since: '2026-10-01', until: '2026-11-09' };
  const campaigns = await agentOf().getCampaignsWithInsights({ period });
  const spend = campaigns.reduce((sum, { insights }) => sum + (insights?.spend ?? 0), 0);
  expect(spend).toBeCloseTo(expected(period.since, period.until)?.spend ?? -1, 2);
  const [good] = graph.data.campaigns({ kind: 'good', effectiveStatus: 'ACTIVE' });
  const one = graph.data.expectedInsights({ campaignId: good?.id, ...period });
  expect(campaigns.find(({ id }) => id === good?.id)?.insights).toMatchObject({
    date_start: period.since,
    date_stop: period.until,
    clicks: one?.clicks,
    conversions: one?.purchases,
  });
  expect(graph.journal.count('report_start')).toBe(3);
});

deeply(
  '2,813 campaigns over 90 days answer, on the limits of the real one',
  async () => {
    graph.addTenant({
      id: 'large',
      token: 'test-token-large-not-real',
      accountId: '10150000000000909',
      campaigns: 2813,
      ads: [1, 1],
    });
    graph.limits.sync = 30_000;
    const settings = { ...graph.settingsFor('large'), timeoutSeconds: 60, reportSeconds: 300 };
    const campaigns = await new FacebookAdsAgent(settings).getCampaignsWithInsights({
      period: 'last_90d',
    });
    expect(campaigns.length).toBeGreaterThan(2600);
    const spend = campaigns.reduce((sum, { insights }) => sum + (insights?.spend ?? 0), 0);
    expect(spend).toBeCloseTo(
      graph.data.expectedInsights({ account: 'large', preset: 'last_90d' })?.spend ?? -1,
      0,
    );
    expect(graph.journal.count('report_start')).toBe(1);
  },
  300_000,
);

test('a cursor that Graph has lost makes it all be read once more', async () => {
  graph.addTenant({
    id: 'two',
    token: 'test-token-two-not-real',
    accountId: '10150000000000808',
    campaigns: 700,
    ads: [1, 1],
  });
  graph.faults.add({ kind: 'error', code: 2642, route: 'campaigns', skip: 1, times: 1 });
  const campaigns = await new FacebookAdsAgent(graph.settingsFor('two')).getCampaigns();
  expect(new Set(campaigns.map(({ id }) => id)).size).toBe(campaigns.length);
  expect(graph.journal.count('campaigns')).toBe(4);
});
