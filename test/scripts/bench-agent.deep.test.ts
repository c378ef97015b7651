import { measureAgent } from '../../scripts/bench/agent.ts';
import { logger } from '../../api/src/observability/logger.ts';

afterAll(() => {
  logger.silent = false;
});

test('the agent benchmark tells rows beside JSON.parse and the stock SDK, and calls per dashboard', async () => {
  const { rows, dashboard } = await measureAgent({ rowRounds: 1, dashboardRounds: 1 });
  expect(rows.map(({ name }) => name)).toEqual(['JSON.parse', 'ours', 'stock SDK']);
  expect(rows[0]).toEqual({ name: 'JSON.parse', msPer500Rows: expect.any(Number), timesJsonParse: 1 });
  expect(rows.every(({ msPer500Rows }) => msPer500Rows > 0)).toBe(true);
  const [ours, ...others] = dashboard;
  // Campaigns, their delivery, and those among it that are archived.
  expect(ours).toEqual({ name: 'ours', graphCalls: 3, p50Ms: expect.any(Number) });
  for (const { name, graphCalls } of others) {
    expect(name).toMatch(/^one call per campaign/);
    expect(graphCalls).toBeGreaterThan(50);
  }
});
