import type { Source } from '../../migration.ts';
import type { PackageAcross } from '../../project.ts';
import { isOfSource } from '../../files/import-habit.ts';
import { importedModules } from '../../source/imported-modules.ts';
import {
  extensionOf,
  isBareSpecifier,
  joinToFolder,
  relativeSpecifier,
  withExtension,
  withoutExtension,
} from '../../source/specifiers.ts';
import { aliasedSpecifier } from './aliased-specifier.ts';
import { exportBehind } from './cache-barrels.ts';
import { DEFAULT_CACHE_MODULE } from './module-paths.ts';

/**
 * The specifier by which the file imports the cache module, in the manner (alias, extension) of `example`, a
 * specifier that the file uses for a module of its own tree. Undefined when the tree has no cache module, or when that
 * is part of another package of the workspace, which does not export what is wanted of it.
 *
 * @param wanted the export that is to be imported
 */
export function cacheSpecifier(
  example: string,
  file: Source,
  wanted: string = sharedExport(file),
): string | undefined {
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
  const across = example.startsWith('.') ? undefined : project.packageAcross(file.path, target);
  if (across) return specifierAcross(across, { target, wanted, file });
  const like = exampleOfTree(example, file);
  const aliased = like && aliasedSpecifier(like, target, file.path, project);
  return aliased ?? relativeSpecifier(file.path, target, relativeHabit(like, target, file));
}

/** The export of the cache module by which a file gets at the shared agent. */
export function sharedExport({ isTask, options }: Pick<Source, 'isTask' | 'options'>): string {
  return isTask ? options.provider : options.factory;
}

/** How another package of the workspace gets at what it needs of the cache; undefined where that is not exported. */
function specifierAcross(
  across: PackageAcross,
  { target, wanted, file }: { target: string; wanted: string; file: Source },
): string | undefined {
  if (!mayImport(across, file)) return undefined;
  const isTarget = (specifier: string) => file.project?.resolve(file.path, specifier) === target;
  const found = across.specifiers.find(
    (each) => isTarget(each) || exportBehind(each, wanted, file) !== undefined,
  );
  const isPath = found !== undefined && across.open && found !== across.name && isTarget(found);
  // Modules of Node find a file of a package by its whole name alone.
  return isPath ? withExtension(found, file.project?.importHabitOf(file.path) ?? '') : found;
}

/** Whether a file may import from another package: it does already, or a package.json says that it does. */
export function mayImport({ name, listed }: PackageAcross, file: Source): boolean {
  return listed || importedModules(file.text).some((each) => each === name || each.startsWith(`${name}/`));
}

/** The example itself where it leads into the tree, otherwise another specifier of the file that does. */
function exampleOfTree(example: string, { path: file, text, project }: Source): string | undefined {
  const leadsIntoTree = (specifier: string) =>
    specifier.startsWith('.') || project?.resolve(file, specifier) !== undefined;
  return [example, ...importedModules(text)].find(leadsIntoTree);
}

/** The extension of specifiers of the tree, as the file writes it, or else the cache module, or else the tree. */
function relativeHabit(example: string | undefined, target: string, file: Source): string {
  // What package.json aliases may leave an extension out that the tree's own specifiers have, as packages' names do.
  const aliased = example?.startsWith('#') || isAcross(example, file) ? undefined : example;
  const own = [example ?? '', ...importedModules(file.text)].find(isOfSource) ?? aliased;
  const relative = own ?? importedModules(file.project?.read(target) ?? '').find(isOfSource);
  return relative === undefined ? (file.project?.importHabitOf(file.path) ?? '') : extensionOf(relative);
}

function isAcross(example: string | undefined, { path: file, project }: Source): boolean {
  const target = example === undefined ? undefined : project?.resolve(file, example);
  return target !== undefined && project?.packageAcross(file, target) !== undefined;
}

/** The specifier of a sibling of the agent's module, from the way in which that is written. */
function specifierBeside(example: string, file: Source, module: string): string {
  if (isBareSpecifier(file.options.cacheModule)) return module;
  const extension = extensionOf(example);
  const bare = withoutExtension(example);
  const { agentModule } = file.options;
  if (bare.endsWith(agentModule)) return bare.slice(0, -agentModule.length) + module + extension;
  const root = withoutExtension(joinToFolder(file.path, example)).slice(0, -agentModule.length);
  return relativeSpecifier(file.path, root + module, extension);
}
