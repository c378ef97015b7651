import { alertsOf } from '../../scripts/docs/ops/alerts.ts';
import { RULE_TIMES } from '../../scripts/docs/ops/rule-times.ts';
import { breakAndMend } from '../../scripts/eyes/break-and-mend.ts';
import { LANES, REDIS_DOWN } from '../../scripts/eyes/breakages.ts';
import { dashboardQueries } from '../../scripts/eyes/dashboard-queries.ts';
import { startWorld } from '../../scripts/eyes/world.ts';
import { eventually } from '../support/eventually.ts';
import { captureLogs } from '../support/log-capture.ts';
import { describeWithPrometheus } from '../support/promtool.ts';
import { killScripts } from '../support/server-process.ts';

afterAll(killScripts);

test('there is something to break for every alert', () => {
  const fired = [...LANES.flat(), REDIS_DOWN].flatMap(({ fires }) => fires);
  expect([...new Set(fired)].sort()).toEqual(
    alertsOf(RULE_TIMES)
      .map(({ name }) => name)
      .sort(),
  );
});

describeWithPrometheus('a real Prometheus', () => {
  test('sees each alert come when its thing is broken, and go when it is mended', async () => {
    const logs = captureLogs();
    const said: string[] = [];
    const world = await startWorld();
    const { prometheus, inbox } = world;
    try {
      await breakAndMend(world, (line) => said.push(line));
      await eventually('silence', () => inbox.firing().length === 0);

      for (const { title, expr } of dashboardQueries(10)) {
        const hasData = async () => (await prometheus.query(expr)).some(({ value }) => !Number.isNaN(value));
        await eventually(`data for ${title}: ${expr}`, hasData);
      }
      const ids = await prometheus.exemplarsOf('http_request_duration_seconds_bucket');
      expect(ids).toEqual(expect.arrayContaining([expect.stringMatching(/^[\w-]{36}$/)]));
      expect(said.filter((line) => line.startsWith('mended'))).toHaveLength(LANES.flat().length + 1);
    } catch (error) {
      throw new Error(`On: ${inbox.firing().join(', ')}\n${said.join('\n')}`, { cause: error });
    } finally {
      await world.stop();
      logs.stop();
    }
  });
});
