import type { MetricObject } from 'prom-client';
// Each part registers its own metrics when it is loaded.
import '../../api/src/app.ts';
import '../../api/src/context.ts';
import { registry } from '../../api/src/observability/prometheus.ts';
import type { DescribedMetric } from './metrics-page.ts';

/** Every metric that the service may export. */
export function describedMetrics(): DescribedMetric[] {
  const metrics: (MetricObject & { labelNames?: string[] })[] = registry.getMetricsAsArray();
  return metrics.map(({ name, type, help, labelNames = [] }) => ({
    name,
    type: String(type),
    help,
    labels: labelNames,
  }));
}
