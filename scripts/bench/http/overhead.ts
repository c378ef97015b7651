import { isDeepStrictEqual } from 'node:util';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { GraphServer } from '../../../test/support/graph/index.ts';
import type { ApiProcess } from '../../demo/api-process.ts';
import { median } from '../cache/numbers.ts';
import type { GraphCall } from './bare-server.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { runRound } from './load.ts';

const BARE_SERVER = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
const ROUNDS = 9;
const REQUESTS = 600;
const WARM_UP_REQUESTS = 2000;
const CONCURRENCY = 8;
const CAMPAIGNS = '/api/v1/campaigns?limit=1';

const BARE = ['node:http', 'express', 'express+graph'] as const;

export interface Overhead {
  name: (typeof BARE)[number] | 'livez' | 'campaigns';
  /** Of the serving process, microseconds. */
  cpuUsPerRequest: number;
  /** Beside Express that does the same and no more: with the Graph call for `campaigns`, without it for the rest. */
  timesExpress: number;
}

interface Subject {
  name: Overhead['name'];
  beside: Overhead['name'];
  url: string;
  pid: number;
  samples: number[];
}

interface Served {
  graph: GraphServer;
  api: ApiProcess;
  /** Of a user. */
  headers: Record<string, string>;
}

/**
 * The CPU time of a request to the service, beside what Node and Express take for the same answer. Rounds take turns,
 * and each is compared within its turn.
 */
export async function measureOverhead({ graph, api, headers }: Served): Promise<Overhead[]> {
  const answer = await (await fetch(api.url + CAMPAIGNS, { headers })).json();
  const env = { ...graph.env, GRAPH_CALL: JSON.stringify(lastCall(graph)) };
  const servers = await Promise.all(BARE.map((name) => startBareServer(name, env)));
  try {
    const [http, plain, calling] = servers;
    if (!http || !plain || !calling) throw new Error('A server is missing');
    const same = await (await fetch(calling.url + CAMPAIGNS)).json();
    if (!isDeepStrictEqual(same, answer)) throw new Error('Express answers something else than the service');
    const subjects: Subject[] = [
      { name: 'node:http', beside: 'express', ...http, url: `${http.url}/livez`, samples: [] },
      { name: 'express', beside: 'express', ...plain, url: `${plain.url}/livez`, samples: [] },
      {
        name: 'express+graph',
        beside: 'express+graph',
        ...calling,
        url: calling.url + CAMPAIGNS,
        samples: [],
      },
      { name: 'livez', beside: 'express', pid: api.pid, url: `${api.url}/livez`, samples: [] },
      { name: 'campaigns', beside: 'express+graph', pid: api.pid, url: api.url + CAMPAIGNS, samples: [] },
    ];
    const load = { headers, concurrency: CONCURRENCY };
    for (const { url } of subjects) await runRound(url, { ...load, requests: WARM_UP_REQUESTS });
    for (let round = 0; round < ROUNDS; round++) {
      for (const { url, pid, samples } of subjects) {
        const before = await cpuTimeOf(pid);
        await runRound(url, { ...load, requests: REQUESTS });
        samples.push((await cpuTimeOf(pid)) - before);
      }
    }
    return subjects.map((subject) => summarize(subject, subjects));
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
  }
}

function summarize({ name, beside, samples }: Subject, subjects: readonly Subject[]): Overhead {
  const base = subjects.find((subject) => subject.name === beside)?.samples ?? [];
  const ratios = samples.map((sample, round) => sample / (base[round] ?? Number.NaN));
  return {
    name,
    cpuUsPerRequest: Math.round(median(samples) / REQUESTS / 100) / 10,
    timesExpress: Math.round(median(ratios) * 100) / 100,
  };
}

/** What the service has just asked, as the stand-in wrote it down. */
function lastCall({ journal }: GraphServer): GraphCall {
  const entry = journal.requests.findLast(({ route }) => route === 'campaigns');
  if (!entry) throw new Error('The service asked Graph for no campaigns');
  const { appsecret_proof: _proof, ...query } = entry.query;
  const path = entry.path.startsWith(`/${entry.version}`) ? entry.path : `/${entry.version}${entry.path}`;
  return { path, query, budgetUnits: 100 };
}

async function startBareServer(name: string, env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), BARE_SERVER, name], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /http:\S+/.exec(String(line))?.[0] ?? '';
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return { url, pid: child.pid ?? 0, stop };
}
