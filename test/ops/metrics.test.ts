import { readFileSync } from 'node:fs';
import { registry } from '../../api/src/observability/prometheus.ts';
import { describedMetrics } from '../../scripts/docs/described-metrics.ts';
import { metricsPage, OF_THE_RUNTIME } from '../../scripts/docs/metrics-page.ts';
import { describeWithPrometheus, promtool } from '../support/promtool.ts';

const metrics = describedMetrics();

test('docs/metrics.md is what the registry says today', () => {
  // Stale? npm run docs
  const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  expect(page).toBe(metricsPage(metrics));
});

test('the page has no place for a metric of an unknown part', () => {
  const stray = { name: 'stray_total', type: 'counter', help: 'Of nowhere', labels: [] };
  expect(() => metricsPage([...metrics, stray])).toThrow('stray_total');
});

describeWithPrometheus('promtool', () => {
  const lint = async () => {
    const blocks = (await registry.metrics()).trim().split('\n\n');
    // The migration guide promises this one by its name; beside it stands the same in base units.
    const promised = '# HELP facebook_agent_creation_time_ms ';
    const own = blocks.filter(
      (block) => !block.startsWith(promised) && !OF_THE_RUNTIME.test(block.replace('# HELP ', '')),
    );
    expect(own.length).toBeGreaterThan(30);
    return promtool(['check', 'metrics'], `${own.join('\n')}\n`);
  };

  test('finds nothing to complain of in the names of our metrics', async () => {
    expect(await lint()).toEqual({ code: 0, output: '' });
  });
});
