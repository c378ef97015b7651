import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureHits } from './cache/hit.ts';
import { measureLatency } from './cache/latency.ts';
import { type BarChart, drawBars } from './charts/bar-chart.ts';

const IMAGES = fileURLToPath(new URL('../../docs/img', import.meta.url));

/** Measures, then draws the two pictures of docs/api.md. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const hits = await measureHits();
  const latency = await measureLatency();
  const charts: Record<string, BarChart> = {
    'hit-path.svg': {
      title: 'One awaited hit, as multiples of reading a variable in an async function',
      unit: '×',
      scale: 'log',
      bars: hits.map(({ name, timesFloor }) => ({
        label: name,
        value: timesFloor,
        emphasis: name === 'ours',
      })),
    },
    'latency.svg': {
      title: 'Latency of a request that lists campaigns, before and after the migration',
      unit: ' ms',
      scale: 'linear',
      bars: (['mean', 'p50', 'p99'] as const).flatMap((figure) => [
        { label: `${figure}, before`, value: latency.before[figure], emphasis: false },
        { label: `${figure}, after`, value: latency.after[figure], emphasis: true },
      ]),
    },
  };
  await mkdir(IMAGES, { recursive: true });
  for (const [name, chart] of Object.entries(charts)) {
    await writeFile(path.join(IMAGES, name), drawBars(chart));
  }
  if (json) console.log(JSON.stringify({ hits, latency }, null, 2));
  else console.log(`Drew ${Object.keys(charts).join(' and ')} in docs/img`);
}
