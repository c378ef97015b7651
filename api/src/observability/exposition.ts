import { registry } from './prometheus.ts';

export interface Exposition {
  contentType: string;
  text: string;
}

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

let exemplarsWanted = false;

/** Whether somebody reads exemplars: until then none is kept. */
export function wantsExemplars(): boolean {
  return exemplarsWanted;
}

/** Every metric of the process in Prometheus' text format, which has no exemplars. */
export async function plainText(): Promise<Exposition> {
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/**
 * The same in OpenMetrics 1.0, with exemplars of the requests since this was first asked for. Not as prom-client
 * writes it: that takes `_total` from the names of counters for good, so that plain text lacks it from then on.
 */
export async function openMetricsText(): Promise<Exposition> {
  exemplarsWanted = true;
  const families = (await registry.getMetricsAsJSON()) as unknown as Family[];
  const lines = families.flatMap(linesOf);
  return { contentType: OPEN_METRICS, text: `${[...lines, '# EOF'].join('\n')}\n` };
}

/** What prom-client gives, of which its types leave out half. */
interface Family {
  name: string;
  help: string;
  type: string;
  values: Sample[];
}

interface Sample {
  value: number;
  metricName?: string;
  labels?: Labels;
  exemplar?: { labelSet: Labels; value: number; timestamp: number } | null;
}

type Labels = Record<string, string | number>;

function linesOf({ name, help, type, values }: Family): string[] {
  const isCounter = type === 'counter';
  const family = isCounter ? name.replace(/_total$/, '') : name;
  const samples = values.map(({ metricName = name, labels = {}, value, exemplar }) => {
    const sample = `${isCounter ? `${family}_total` : metricName}${labelsText(labels)} ${numberText(value)}`;
    if (!exemplar) return sample;
    return `${sample} # ${labelsText(exemplar.labelSet)} ${numberText(exemplar.value)} ${exemplar.timestamp}`;
  });
  return [`# HELP ${family} ${escaped(help)}`, `# TYPE ${family} ${type}`, ...samples];
}

function labelsText(labels: Labels): string {
  // Bounds are spelt as in plain text (1, not 1.0): a series must not change its name with the format.
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}

function escaped(text: string): string {
  return text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
}
