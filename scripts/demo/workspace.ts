import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this project, with a trailing slash. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

const LEGACY_ROOT = join(PROJECT_ROOT, 'codemods/__fixtures__/legacy');

/** A copy of the API in a temporary folder, as it was before the migration. */
export interface Workspace {
  root: string;
  remove(): Promise<void>;
}

/** Copies `api/`, lays the eight legacy files over it, and shares this project's dependencies. */
export async function createLegacyWorkspace(): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'agent-cache-demo-'));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    await cp(join(PROJECT_ROOT, 'api'), join(root, 'api'), { recursive: true });
    await cp(LEGACY_ROOT, root, { recursive: true });
    for (const file of ['package.json', 'tsconfig.json', 'MIGRATION.md']) {
      await cp(join(PROJECT_ROOT, file), join(root, file));
    }
    await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
    return { root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
