import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateFile } from '../../api/src/stores/sqlite/sqlite-stores.ts';
import { SCHEDULE } from '../../api/src/tasks/schedule.ts';

const A_WEEK_SECONDS = 7 * 86_400;

/** A state file of its own by which every task has missed its last run: the service makes up for it when it starts. */
export async function stateWithMissedRuns(): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-cache-dev-'));
  const file = join(folder, 'state.db');
  const stores = openStateFile(file);
  const due = new Date(Date.now() - A_WEEK_SECONDS * 1000).toISOString();
  const runs = stores.documents<{ due: string }>('runs');
  for (const { name } of SCHEDULE) await runs.put(name, { due }, A_WEEK_SECONDS);
  stores.close();
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
