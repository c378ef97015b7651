import type { Migration } from '../../migration.ts';
import { importedModules } from '../../source/imported-modules.ts';
import { type AgentExports, agentExportsOf, ownAgentExports } from './agent-exports.ts';
import { cacheImports, declaringFile, fileBuiltBy } from './agent-file.ts';
import { aliasedSpecifier } from './aliased-specifier.ts';
import {
  endsWithPath,
  extensionOf,
  isBareSpecifier,
  joinToFolder,
  relativeSpecifier,
  withoutExtension,
} from '../../source/specifiers.ts';

/** Where the cache lies when no tree can be asked, beside the folder of the agent's module. */
const DEFAULT_CACHE_MODULE = 'utils/agent-cache';
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
  const isOwn = endsAlike || endsWithPath(withoutExtension(target), options.agentModule);
  const found = isOwn ? own : agentExportsOf(target, file, agentExports);
  if (found.size === 0) return NO_EXPORTS;
  // Another module that ends alike declares another class.
  const cacheModule = project.cacheModuleOf(importer);
  const built = cacheModule && fileBuiltBy(cacheModule, project, options);
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

/**
 * The specifier by which the file imports the cache module, in the manner (alias, extension) of `example`, a
 * specifier that the file uses for a module of its own tree. Undefined when the tree has no cache module.
 */
export function cacheSpecifier(example: string, file: FileView): string | undefined {
  const { project } = file;
  const { cacheModule } = file.options;
  if (!project) return specifierBeside(example, file, cacheModule ?? DEFAULT_CACHE_MODULE);
  const target = project.cacheModuleOf(file.path);
  if (!target) {
    if (isBareSpecifier(cacheModule)) return cacheModule;
    // A part of a tree, without the agent's module: the cache is where it belongs beside that.
    const isPart = cacheModule === undefined && project.resolve(file.path, example) === undefined;
    return isPart ? specifierBeside(example, file, DEFAULT_CACHE_MODULE) : undefined;
  }
  const like = exampleOfTree(example, file);
  const aliased = like && aliasedSpecifier(like, target, file.path, project);
  return aliased ?? relativeSpecifier(file.path, target, relativeHabit(like, target, file));
}

/** The example itself where it leads into the tree, otherwise another specifier of the file that does. */
function exampleOfTree(example: string, { path: file, text, project }: FileView): string | undefined {
  const leadsIntoTree = (specifier: string) =>
    specifier.startsWith('.') || project?.resolve(file, specifier) !== undefined;
  return [example, ...importedModules(text)].find(leadsIntoTree);
}

/** The extension of relative specifiers, as the file writes it, or else the cache module; where none shows, Node's own. */
function relativeHabit(example: string | undefined, target: string, file: FileView): string {
  const texts = [file.text, file.project?.read(target) ?? ''];
  const relative = [example ?? '', ...texts.flatMap(importedModules)].find(
    (specifier) => specifier.startsWith('.') && !/\.(json|css|node)$/.test(specifier),
  );
  if (relative !== undefined) return extensionOf(relative);
  const root = file.project?.packageRootOf(file.path);
  const manifest = root === undefined ? '' : (file.project?.read(`${root}/package.json`) ?? '');
  return /"type"\s*:\s*"module"/.test(manifest) ? '.js' : '';
}

function leadsTo(specifier: string, file: FileView, modulePath: string): boolean {
  if (endsWithPath(withoutExtension(specifier), modulePath)) return true;
  if (!specifier.startsWith('.')) return false;
  return endsWithPath(withoutExtension(joinToFolder(file.path, specifier)), modulePath);
}

/** The specifier of a sibling of the agent's module, from the way in which that is written. */
function specifierBeside(example: string, file: FileView, module: string): string {
  if (isBareSpecifier(file.options.cacheModule)) return module;
  const extension = extensionOf(example);
  const bare = withoutExtension(example);
  const { agentModule } = file.options;
  if (bare.endsWith(agentModule)) return bare.slice(0, -agentModule.length) + module + extension;
  const root = withoutExtension(joinToFolder(file.path, example)).slice(0, -agentModule.length);
  return relativeSpecifier(file.path, root + module, extension);
}
