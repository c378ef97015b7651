import { freePort } from '../../test/support/free-port.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { JOB } from '../docs/ops/rule-times.ts';

export interface Prometheus {
  url: string;
  /** What a query answers now: one sample a series. @throws {Error} with Prometheus' own words */
  query(expr: string): Promise<{ labels: Record<string, string>; value: number }[]>;
  /** Ids of requests that are exemplars of a histogram's buckets of the last minutes. */
  exemplarsOf(series: string): Promise<string[]>;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** `host:port` of each. */
  targets: string[];
  /** Text of a rule file. */
  rules: string;
  alertmanager: string;
  /** Between two scrapes, and two evaluations. */
  intervalSeconds: number;
}

/** A real Prometheus on a free port of loopback, with a folder of its own. It has looked at every target once when this resolves. */
export async function startPrometheus(options: PrometheusOptions): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  await writeFile(join(folder, 'rules.yml'), options.rules);
  await writeFile(join(folder, 'prometheus.yml'), configOf(options));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
      '--log.level=info',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(child, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`prometheus ended with ${code}:\n${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
      if (said.includes('Server is ready to receive web requests')) resolve();
    });
  });
  const ask = async (path: string, params: Record<string, string>) => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(params).toString()}`);
    const answer = (await response.json()) as { status: string; error?: string; data: unknown };
    if (answer.status !== 'success') throw new Error(`${params.query}: ${answer.error}`);
    return answer.data;
  };
  const query: Prometheus['query'] = async (expr) => {
    const { result } = (await ask('query', { query: expr })) as { result: QueryResult[] };
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  };
  // What is counted before the first look shows as no increase.
  while ((await query(`sum(up) == ${options.targets.length}`)).length === 0) await delay(100);
  return {
    url,
    query,
    async exemplarsOf(series) {
      const now = Date.now() / 1000;
      const params = { query: series, start: String(now - 600), end: String(now) };
      const found = (await ask('query_exemplars', params)) as { exemplars: Exemplar[] }[];
      return found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.request_id ?? ''));
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface QueryResult {
  metric: Record<string, string>;
  value: [at: number, value: string];
}

interface Exemplar {
  labels: Record<string, string>;
}

function configOf({ targets, alertmanager, intervalSeconds }: PrometheusOptions): string {
  const interval = `${intervalSeconds}s`;
  return stringify({
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: ['rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [{ job_name: JOB, static_configs: [{ targets }] }],
  });
}
