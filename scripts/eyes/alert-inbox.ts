import { type LoopbackServer, startLoopbackServer } from '../../test/support/loopback-server.ts';

/** Stands where an Alertmanager would, and knows which alerts are on. */
export interface AlertInbox {
  /** `host:port`, as Prometheus is told it. */
  address: string;
  /** Names of the alerts that are on, sorted. */
  firing(): string[];
  /** Resolves as soon as the alert is on. */
  fired(name: string): Promise<void>;
  /** Resolves as soon as no instance of it is on. */
  cleared(name: string): Promise<void>;
  close(): Promise<void>;
}

interface PostedAlert {
  labels: Record<string, string>;
  endsAt: string;
}

/** Alerts arrive when their state changes, so nobody has to ask again and again, nor to guess how long it takes. */
export async function startAlertInbox(): Promise<AlertInbox> {
  const on = new Map<string, Set<string>>();
  const waiting = new Set<() => void>();
  const isOn = (name: string) => (on.get(name)?.size ?? 0) > 0;
  const server: LoopbackServer = await startLoopbackServer(({ path, body }) => {
    if (path !== '/api/v2/alerts') return { status: 404 };
    for (const { labels, endsAt } of JSON.parse(body) as PostedAlert[]) {
      const { alertname = '' } = labels;
      const instances = on.get(alertname) ?? new Set();
      on.set(alertname, instances);
      const identity = JSON.stringify(labels);
      // One that is on ends some time from now, unless it is told again.
      if (Date.parse(endsAt) > Date.now()) instances.add(identity);
      else instances.delete(identity);
    }
    for (const look of waiting) look();
    return { status: 200 };
  });
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    address: new URL(server.url).host,
    firing: () => [...on.keys()].filter(isOn).sort(),
    fired: (name) => until(() => isOn(name)),
    cleared: (name) => until(() => !isOn(name)),
    close: () => server.close(),
  };
}
