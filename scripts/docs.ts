import { writeFileSync } from 'node:fs';
import { describedMetrics } from './docs/described-metrics.ts';
import { metricsPage } from './docs/metrics-page.ts';

const write = (page: string, text: string) =>
  writeFileSync(new URL(`../docs/${page}`, import.meta.url), text);
write('metrics.md', metricsPage(describedMetrics()));
