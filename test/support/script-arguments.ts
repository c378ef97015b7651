import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
const TOOLS: Readonly<Record<string, string>> = {
  'scripts/codemod.ts': 'codemod',
  'scripts/migration-checklist.ts': 'checklist',
  'scripts/init/run-init.ts': 'init',
};

/** What Node is given to run a TypeScript file of the repository: the tools run as their npm scripts run them. */
export function scriptArguments(script: string): string[] {
  const tool = TOOLS[script];
  if (tool !== undefined) return [path.join(repository, 'scripts/run.mjs'), tool];
  return ['--import', loader, path.join(repository, script)];
}
