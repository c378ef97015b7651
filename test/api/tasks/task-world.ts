import { randomUUID } from 'node:crypto';
import { N8nClient } from '../../../api/src/integrations/n8n-client.ts';
import { NotionClient } from '../../../api/src/integrations/notion-client.ts';
import { createMemoryStores } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { Courier, type CourierDeps, type CourierOptions } from '../../../api/src/tasks/delivery/courier.ts';
import type { TaskDeps, TaskRun } from '../../../api/src/tasks/task.ts';
import { configureAgentCache } from '../../../api/src/utils/agent-cache.ts';
import { startGraphServer } from '../../support/graph/index.ts';
import { captureLogs } from '../../support/log-capture.ts';
import { startN8nServer } from '../../support/n8n-server.ts';
import { startNotionServer } from '../../support/notion-server.ts';

/** The stand-in's clock: the same data on every run. */
const NOW = new Date('2026-11-20T15:00:00Z');

export type TaskWorld = Awaited<ReturnType<typeof startTaskWorld>>;

/** Everything that tasks touch: the real agent, cache and clients, on stand-in servers. */
export async function startTaskWorld() {
  const logs = captureLogs();
  const [graph, notionServer, n8nServer] = await Promise.all([
    startGraphServer({ now: () => NOW }),
    startNotionServer(),
    startN8nServer(),
  ]);
  const fresh = () =>
    configureAgentCache({ settings: graph.settings, ttl: 3600, staleFor: 0, keepWarm: false });
  fresh();
  const connected = () =>
    depsOf({
      notion: new NotionClient(notionServer.access),
      n8n: new N8nClient({ webhookUrl: n8nServer.webhookUrl }),
    });
  return {
    graph,
    logs,
    notionServer,
    n8nServer,
    deps: connected(),
    /** Integrations without settings. */
    bare: depsOf({ notion: new NotionClient({ url: notionServer.url }), n8n: new N8nClient({}) }),
    /** Forgets what the servers saw and held, what tasks remember, and the agent. */
    reset() {
      fresh();
      Object.assign(this.deps, connected());
      graph.journal.clear();
      notionServer.heal();
      n8nServer.heal();
      notionServer.pages.length = 0;
      n8nServer.events.length = 0;
      logs.lines.length = 0;
    },
    async stop() {
      await Promise.all([graph.close(), notionServer.close(), n8nServer.close()]);
      logs.stop();
    },
  };
}

/** What tasks work on, remembering nothing yet. */
export function depsOf(
  clients: Omit<CourierDeps, 'stores'>,
  options: CourierOptions = {},
): TaskDeps & CourierDeps {
  const stores = createMemoryStores();
  return { stores, ...clients, courier: new Courier({ stores, ...clients }, options) };
}

/** A run that is due now. */
export function aRun(scope: string = randomUUID(), due = new Date()): TaskRun {
  return { scope, due };
}
