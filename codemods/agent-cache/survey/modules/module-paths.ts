import type { Migration } from '../../migration.ts';
import { type AgentExports, agentExportsOf, ownAgentExports } from './agent-exports.ts';
import { cacheImports, declaringFile, fileBuiltBy } from './agent-file.ts';
import { endsWithPath, isBareSpecifier, joinToFolder, withoutExtension } from '../../source/specifiers.ts';

/** Where the cache lies when no tree can be asked, beside the folder of the agent's module. */
export const DEFAULT_CACHE_MODULE = 'utils/agent-cache';
/** What stands before the agent's module in aliases of the tree that other tools than the compiler resolve. */
const ALIAS_ROOT = /^([@#~]|[@#~]?(src|app|lib|server|api|root|backend|main)?\/)?$/;

const NO_EXPORTS: AgentExports = new Map();

type FileView = Pick<Migration, 'path' | 'text' | 'options' | 'project'>;

/** Where the module that a specifier of the file leads to has the agent's class. */
export function agentExports(specifier: string, file: FileView): AgentExports {
  const { options, project, path: importer } = file;
  const own = ownAgentExports(options.agentClass);
  const endsAlike = leadsTo(specifier, file, options.agentModule);
  const target = project?.resolve(importer, specifier);
  if (!project || target === undefined)
    return endsAlike && !isForeignAgent(specifier, file) ? own : NO_EXPORTS;
  const cacheModule = project.cacheModuleOf(importer);
  const built = cacheModule && fileBuiltBy(cacheModule, project, options);
  // What the agent's module only hands on is the same class where it is declared.
  const isOwn = endsAlike || target === built || endsWithPath(withoutExtension(target), options.agentModule);
  const found = isOwn ? own : agentExportsOf(target, file, agentExports);
  if (found.size === 0) return NO_EXPORTS;
  // Another module that ends alike declares another class.
  return !built || built === declaringFile(target, project, options) ? found : NO_EXPORTS;
}

/** Whether a specifier that nothing in the tree resolves names another's package, which ends like the agent's module. */
export function isForeignAgent(specifier: string, file: FileView): boolean {
  const { path: importer, options, project } = file;
  if (!leadsTo(specifier, file, options.agentModule) || project?.resolve(importer, specifier) !== undefined)
    return false;
  const root = withoutExtension(specifier).slice(0, -options.agentModule.length);
  if (!project || !isBareSpecifier(specifier) || ALIAS_ROOT.test(root)) return false;
  const cacheModule = project.cacheModuleOf(importer);
  return !cacheModule || !cacheImports(specifier, cacheModule, project);
}

/** Whether a module specifier of the file leads to the cache module. */
export function isCacheModule(specifier: string, file: FileView): boolean {
  const { cacheModule } = file.options;
  if (cacheModule === specifier) return true;
  const known = file.project?.cacheModuleOf(file.path);
  if (known) return file.project?.resolve(file.path, specifier) === known;
  return leadsTo(specifier, file, cacheModule ? withoutExtension(cacheModule) : DEFAULT_CACHE_MODULE);
}

function leadsTo(specifier: string, file: FileView, modulePath: string): boolean {
  if (endsWithPath(withoutExtension(specifier), modulePath)) return true;
  if (!specifier.startsWith('.')) return false;
  return endsWithPath(withoutExtension(joinToFolder(file.path, specifier)), modulePath);
}
