import { writeFileSync } from 'node:fs';
import { apiChangelog } from '../api/src/api/api-changelog.ts';
import { describedMetrics } from './docs/described-metrics.ts';
import { metricsPage } from './docs/metrics-page.ts';
import { dashboardText } from './docs/ops/dashboard.ts';
import { rulesText } from './docs/ops/rules.ts';

const write = (page: string, text: string) =>
  writeFileSync(new URL(`../docs/${page}`, import.meta.url), text);
write('metrics.md', metricsPage(describedMetrics()));
write('api-changelog.md', apiChangelog());
write('ops/rules.yml', rulesText());
write('ops/grafana-dashboard.json', dashboardText());
