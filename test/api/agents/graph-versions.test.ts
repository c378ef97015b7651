import { deeply } from '../../support/depth.ts';
import { execFile } from 'node:child_process';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { GRAPH_CALLS } from '../../../api/src/agents/graph-calls.ts';
import { versionWarning } from '../../../api/src/agents/graph-versions.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { captureLogs } from '../../support/log-capture.ts';

let graph: GraphServer;

beforeAll(async () => {
  graph = await startGraphServer();
});
afterAll(() => graph.close());

test.each([
  ['v27.0', '2026-11-28', null],
  ['v26.0', '2026-11-28', null],
  ['v25.0', '2026-12-24', null],
  ['v25.0', '2026-12-26', /ends on 2027-02-23, in 59 days: set FACEBOOK_GRAPH_VERSION=v27\.0/],
  ['v25.0', '2027-02-23', /ended on 2027-02-23/],
  ['v24.0', '2026-11-28', /ended on 2026-11-10/],
  ['v9.0', '2026-11-28', /has ended/],
  ['v99.0', '2026-11-28', null],
])('%s on %s', (version, day, warning) => {
  const said = versionWarning(version, new Date(`${day}T00:00:00Z`));
  if (warning === null) expect(said).toBeNull();
  else expect(said).toMatch(warning);
});

test('a version that has ended is warned of once, however often Graph says so', async () => {
  const logs = captureLogs();
  const agent = new FacebookAdsAgent({ ...graph.settings, graphVersion: 'v24.0' });
  await agent.getCampaigns(undefined, 1);
  await agent.getCampaigns(undefined, 1);
  logs.stop();
  expect(
    logs.lines.filter((line) => line.includes('v24.0 has ended, v25.0 answers in its place')),
  ).toHaveLength(1);
});

test('every call is one of those that are listed, and none is of a kind that Graph has closed', async () => {
  graph.journal.clear();
  const agent = new FacebookAdsAgent(graph.settings);
  const [campaign] = graph.data.campaigns({ kind: 'good' });
  const period = { since: '2026-11-01', until: '2026-11-10' };
  await agent.getAccountReport({ withTotal: true, checked: true });
  await agent.getAccountReport({ status: 'ACTIVE', period, checked: true });
  await agent.getCampaign(campaign?.id ?? '');
  await agent.getCampaignInsights(campaign?.id ?? '', period);
  await agent.getAdInsights(campaign?.ads[0]?.id ?? '');
  graph.limits.sync = 0;
  await new FacebookAdsAgent(graph.settings).getAccountInsights('last_7d');
  graph.limits.sync = Number.POSITIVE_INFINITY;
  for (const { method, path, query } of graph.journal.requests) {
    const [, , object = '', edge] = path.split('/');
    const suffix = edge === undefined ? '' : `/${edge}`;
    const names = ['{account}', '{campaign}', '{ad}', '{run}'];
    const paths = [
      `${object}${suffix}`,
      `act_{account}${suffix}`,
      ...names.map((name) => `${name}${suffix}`),
    ];
    const kinds = GRAPH_CALLS.filter((kind) => kind.method === method && paths.includes(kind.path));
    const { fields = '', ...params } = query;
    const isListed = kinds.some(
      (kind) =>
        fields.split(',').every((field) => field === '' || kind.fields.includes(field)) &&
        Object.keys(params).every((name) => kind.params.includes(name)),
    );
    expect(`${method} ${path} ${Object.keys(query).join()} ${isListed}`).toMatch(/true$/);
    expect(Object.keys(query).filter((name) => LEGACY_PARAMS.includes(name))).toEqual([]);
    expect(fields).not.toMatch(/\.as\(/);
  }
});

const LEGACY_PARAMS = [
  'ids',
  'method',
  'callback',
  'date_format',
  'batch',
  'asyncbatch',
  'format',
  'suppress_http_code',
];

deeply('npm run graph:check says what a version touches', async () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; text: string }>((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', 'scripts/graph-check.ts', ...args], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), text: out + err }),
      );
    });
  const [newest, ended, wrong] = await Promise.all([
    run(),
    run('--version', 'v24.0'),
    run('--version', '27'),
  ]);
  expect(newest).toMatchObject({
    code: 0,
    text: expect.stringContaining('Graph v27.0: served since 2026-11-04'),
  });
  expect(newest.text).toContain('GET act_{account}/campaigns');
  expect(ended).toMatchObject({ code: 1, text: expect.stringContaining('ended on 2026-11-10') });
  expect(wrong).toMatchObject({ code: 2, text: expect.stringContaining('Not a version: 27') });
});
