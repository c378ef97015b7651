import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

/** What to serve and ask. */
export interface Recording {
  /** Path of the module that exports the Express `app`. */
  app: string;
  /** Each a method and a path, or several at a time with ` & ` between them. */
  requests: readonly string[];
  failures: readonly string[];
}

/** What came of it. */
export interface Record {
  /** `<failure> <method> <path>` → status and body. */
  answers: { [request: string]: string };
  /** How many agents were built while none failed. */
  agents: number;
  /** Rejections that nothing handled, and a module that did not load. */
  faults: string[];
}

type Listen = { listen(port: number, host: string): Server };

// A process of its own: the trees are read with tsx, and each of them is another module instance.
const probe = { failure: 'none', constructed: 0, connected: 0 };
Object.assign(globalThis, { agentProbe: probe });
let faults: string[] = [];
process.on('unhandledRejection', (error) => faults.push(`unhandled: ${String(error)}`));
process.on('uncaughtException', (error) => faults.push(`uncaught: ${String(error)}`));

const recordings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Recording[];
const records: Record[] = [];
for (const recording of recordings) records.push(await record(recording));
await new Promise<void>((resolve) => {
  process.stdout.write(JSON.stringify(records), () => resolve());
});
process.exit(0);

async function record({ app, requests, failures }: Recording): Promise<Record> {
  faults = [];
  probe.failure = 'none';
  const result: Record = { answers: {}, agents: 0, faults };
  try {
    const loaded = (await import(pathToFileURL(app).href)) as { app?: Listen; default?: { app?: Listen } };
    const served = loaded.app ?? loaded.default?.app;
    if (!served) throw new Error(`${app} exports no app`);
    const server = served.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The run without failures is the last: what it builds is counted, and no failure is remembered before it.
    for (const failure of [...failures].sort()) {
      Object.assign(probe, { failure, constructed: 0, connected: 0 });
      for (const request of requests) {
        const together = request.split(' & ').map((each) => answerTo(base, each));
        result.answers[`${failure} ${request}`] = (await Promise.all(together)).join('\n');
      }
    }
    result.agents = probe.constructed;
    server.closeAllConnections();
    server.close();
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return result;
}

async function answerTo(base: string, request: string): Promise<string> {
  const [method = 'GET', url = '/'] = request.split(' ');
  try {
    const response = await fetch(base + url, { method, signal: AbortSignal.timeout(2000) });
    return `${response.status} ${await response.text()}`;
  } catch (error) {
    return `no answer: ${error instanceof Error ? error.name : String(error)}`;
  }
}
