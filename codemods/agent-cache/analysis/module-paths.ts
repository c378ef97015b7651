import path from 'node:path';
import type { Migration } from '../migration.ts';
import { type AgentExports, agentExportsOf, ownAgentExports } from './agent-exports.ts';

/** Where the cache lies when no tree can be asked, beside the folder of the agent's module. */
const DEFAULT_CACHE_MODULE = 'utils/agent-cache';

const NO_EXPORTS: AgentExports = new Map();

type FileView = Pick<Migration, 'path' | 'options' | 'project'>;

/** Whether a module specifier of the file leads to the module of the agent's class. */
export function isAgentModule(specifier: string, file: FileView): boolean {
  return agentExports(specifier, file).size > 0;
}

/** Where the module that a specifier of the file leads to has the agent's class. */
export function agentExports(specifier: string, file: FileView): AgentExports {
  const { options, project, path: importer } = file;
  const own = ownAgentExports(options.agentClass);
  if (leadsTo(specifier, file, options.agentModule)) return own;
  const target = project?.resolve(importer, specifier);
  if (target === undefined) return NO_EXPORTS;
  if (endsWithPath(withoutExtension(target), options.agentModule)) return own;
  return agentExportsOf(target, file, agentExports);
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
  const { cacheModule } = file.options;
  if (!file.project) return specifierBeside(example, file, cacheModule ?? DEFAULT_CACHE_MODULE);
  const target = file.project.cacheModuleOf(file.path);
  if (!target) {
    if (isBareSpecifier(cacheModule)) return cacheModule;
    // A part of a tree, without the agent's module: the cache is where it belongs beside that.
    const isPart = cacheModule === undefined && file.project.resolve(file.path, example) === undefined;
    return isPart ? specifierBeside(example, file, DEFAULT_CACHE_MODULE) : undefined;
  }
  return aliased(example, target, file) ?? relativeSpecifier(file.path, target, extensionOf(example));
}

/** The path that a relative specifier of `file` means. */
export function joinToFolder(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(toPosix(path.resolve(file))), specifier);
}

/** A module path without its extension and without the `/index` that it may leave out. */
export function withoutExtension(modulePath: string): string {
  return modulePath.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}

/** Forward slashes, whatever the platform. */
export function toPosix(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

function leadsTo(specifier: string, file: FileView, modulePath: string): boolean {
  if (endsWithPath(withoutExtension(specifier), modulePath)) return true;
  if (!specifier.startsWith('.')) return false;
  return endsWithPath(withoutExtension(joinToFolder(file.path, specifier)), modulePath);
}

/** Whether `modulePath` ends with the whole segments of `end`; the sign of an alias may stand before them. */
function endsWithPath(modulePath: string, end: string): boolean {
  if (!modulePath.endsWith(end)) return false;
  return /^([@#~]|.*\/)?$/.test(modulePath.slice(0, -end.length));
}

function isBareSpecifier(specifier: string | undefined): boolean {
  return specifier !== undefined && !specifier.startsWith('.') && !path.isAbsolute(specifier);
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

/** The aliased specifier of `target`, when `example` is written by an alias whose root `target` lies under. */
function aliased(example: string, target: string, file: FileView): string | undefined {
  if (example.startsWith('.')) return undefined;
  const exampleFile = file.project?.resolve(file.path, example);
  if (!exampleFile) return undefined;
  const tail = commonTail(withoutExtension(example), withoutExtension(exampleFile));
  const root = withoutExtension(exampleFile).slice(0, -tail.length);
  if (tail === '' || !target.startsWith(root)) return undefined;
  const prefix = withoutExtension(example).slice(0, -tail.length);
  const written = prefix + withExtension(target.slice(root.length), extensionOf(example));
  return file.project?.resolve(file.path, written) === target ? written : undefined;
}

function commonTail(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  const tail = a.slice(a.length - length);
  return tail.slice(tail.indexOf('/') + 1);
}

function relativeSpecifier(from: string, target: string, extension: string): string {
  const folder = path.posix.dirname(toPosix(path.resolve(from)));
  const relative = path.posix.relative(folder, toPosix(target));
  return withExtension(relative.startsWith('.') ? relative : `./${relative}`, extension);
}

function extensionOf(specifier: string): string {
  return /\.[cm]?[jt]sx?$/.exec(specifier)?.[0] ?? '';
}

/** `target` with its extension written in the manner of `habit`: none, the source's own, or the compiled one's. */
function withExtension(target: string, habit: string): string {
  if (habit === '') return withoutExtension(target);
  const own = extensionOf(target);
  if (own === '') return target + habit;
  if (/ts/.test(habit)) return target;
  return target.slice(0, -own.length) + own.replace('t', 'j').replace('jsx', 'js');
}
