import { readFile } from 'node:fs/promises';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';

let graph: GraphServer;
let logs: LogCapture;
let agent: FacebookAdsAgent;

beforeEach(async () => {
  graph = await startGraphServer();
  agent = new FacebookAdsAgent(graph.settings);
  await agent.connect();
  logs = captureLogs();
});

afterEach(async () => {
  logs.stop();
  await graph.close();
});

test('a failed call is logged with what Facebook’s support asks for', async () => {
  graph.faults.add({ kind: 'permission' });
  await expect(agent.getCampaigns()).rejects.toThrow();
  expect(logs.lines).toEqual([
    expect.stringMatching(/WARN Graph call failed .*edge=campaigns .*outcome=graph-permission .*code=200 /),
  ]);
  expect(logs.lines[0]).toMatch(/trace_id=[\w-]+/);
});

test('a version that is gone is an alarm', async () => {
  graph.faults.add({ kind: 'error', code: 2635 });
  await expect(agent.getCampaigns()).rejects.toThrow();
  expect(logs.lines).toContainEqual(expect.stringMatching(/ERROR .*raise FACEBOOK_GRAPH_VERSION/));
});

test('an id that does not exist is nobody’s alarm', async () => {
  await expect(agent.getCampaign('404')).rejects.toThrow();
  expect(logs.lines).toEqual([]);
});

test('the circuit’s state is told once when it changes', async () => {
  graph.faults.add({ kind: 'bare-500' });
  for (let call = 0; call < 8; call++) await agent.getCampaigns().catch(() => {});
  expect(logs.lines.filter((line) => line.includes('circuit opened'))).toHaveLength(1);
  expect(await registry.metrics()).toMatch(/^facebook_graph_circuit_state 1$/m);
  expect(await registry.metrics()).toMatch(
    /^facebook_graph_wait_seconds_total\{reason="backoff"\} 0?\.?\d+/m,
  );
});

test('every metric is documented', async () => {
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  const documented = await readFile(new URL('../../../docs/graph-errors.md', import.meta.url), 'utf8');
  const ours = names.filter((name) => name.startsWith('facebook_graph_'));
  expect(ours).toHaveLength(7);
  for (const name of ours) expect(documented).toContain(`\`${name}`);
});
