import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { moduleEnd } from '../../../codemods/agent-cache/options.ts';
import { UsageError } from '../../cli/usage-error.ts';
import type { AgentModule } from './agent-import.ts';

/** The agent's module, and what else its name could mean. */
export interface FoundAgent extends AgentModule {
  note?: string;
}

/**
 * Finds what a module's name means in a tree: a package that its manifest lists, or else the file whose path ends so and
 * that declares or exports the class.
 *
 * @throws UsageError for a path that nothing in the tree has
 */
export function findAgent(
  folder: string,
  agentModule: string,
  agentClass: string,
  sources: readonly string[],
): FoundAgent {
  const bare = moduleEnd(agentModule);
  const files = sources.filter((each) => `/${pathOf(each)}`.endsWith(`/${bare}`));
  const file = files.find((each) => namesClass(each, agentClass)) ?? files[0];
  if (isListed(agentModule, folder)) {
    const note =
      file === undefined
        ? undefined
        : `${agentModule} is taken for the package of that name; for ${path.relative('', file)}, name more of its path.`;
    return { name: agentModule, ...(note !== undefined && { note }) };
  }
  if (file !== undefined) return { file, name: bare };
  // A package: `stripe`, `@scope/client`. A path that is not there is a mistake.
  if (!agentModule.includes('/') || agentModule.startsWith('@')) return { name: agentModule };
  throw new UsageError(
    `--init ${folder}: no ${agentModule} under it: name the agent's module with --agent-module`,
  );
}

/** The path of a file as imports name it: without its extension, and without the `index` of a folder. */
export function pathOf(file: string): string {
  const slashed = path.resolve(file).split(path.sep).join('/');
  return slashed.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}

function namesClass(file: string, agentClass: string): boolean {
  return new RegExp(`\\b${agentClass.replaceAll('$', '\\$')}\\b`).test(readFileSync(file, 'utf8'));
}

/** Whether the nearest package.json above a folder, or one further up, lists the package that a name is of. */
function isListed(name: string, folder: string): boolean {
  if (/^[./]/.test(name)) return false;
  const [owner] = /^(@[^/]+\/)?[^/]+/.exec(name) ?? [];
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const manifest = path.join(at, 'package.json');
    if (existsSync(manifest) && readFileSync(manifest, 'utf8').replace(/\s/g, '').includes(`"${owner}":`))
      return true;
    if (at === path.dirname(at)) return false;
  }
}
