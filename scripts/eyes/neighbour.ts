import { setTimeout as delay } from 'node:timers/promises';
import Database from 'libsql';
import { type ScriptProcess, startServerProcess } from '../../test/support/server-process.ts';

/** A service in a process of its own, with a state file. */
export interface Neighbour {
  url: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  revive(): Promise<void>;
  /** Has another process hold its state file. */
  holdState(): void;
  releaseState(): void;
  end(): Promise<void>;
}

export async function startNeighbour(env: Record<string, string>): Promise<Neighbour> {
  let running: ScriptProcess & { url: string } = await startServerProcess({ env });
  const { url } = running;
  let holder: Database.Database | undefined;
  return {
    url,
    async kill() {
      running.kill('SIGKILL');
      await running.ended;
    },
    async revive() {
      for (;;) {
        try {
          running = await startServerProcess({ env: { ...env, PORT: new URL(url).port } });
          return;
        } catch {
          // Somebody else may have taken the port for a moment.
          await delay(100);
        }
      }
    },
    holdState() {
      holder = new Database(env.STATE_FILE ?? '');
      holder.exec('BEGIN IMMEDIATE');
    },
    releaseState() {
      holder?.exec('ROLLBACK');
      holder?.close();
    },
    async end() {
      running.kill('SIGTERM');
      await running.ended;
    },
  };
}
