import path from 'node:path';
import { keyedGetter } from '../../options.ts';
import type { Problem, Source, Surveyed } from '../../migration.ts';
import type { Project } from '../../project.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { importExample } from '../../survey/modules/import-example.ts';
import { moduleExports } from '../../survey/modules/module-exports.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { cacheSpecifier, mayImport, sharedExport } from '../../survey/modules/cache-specifier.ts';
import { reason } from '../../reasons/reason.ts';

/** Why the file cannot take its agent from the cache: there is none, or it does not export what the file needs. */
export function cacheProblem(migration: Surveyed, keyed = false): Problem | undefined {
  const found = importExample(migration);
  const example = found?.module.value;
  if (found === undefined || example === undefined) return undefined;
  const wanted = keyed ? keyedGetter(migration.options) : sharedExport(migration);
  if (cacheSpecifier(example, migration, wanted) === undefined) {
    return acrossProblem(migration, wanted) ?? reason('no-cache-module');
  }
  if (found.statement.isVariableDeclaration() && isLoadedByCache(migration, example))
    return reason('cache-requires-file', [], { class: migration.options.agentClass });
  // What has entries of arguments may have no shared one.
  return keyed ? undefined : exportProblem(migration);
}

const loaded = new OncePerProject<ReadonlySet<string>>();

/**
 * Whether the cache module requires the file, by whatever way: of the two that require each other, one has nothing of the
 * other. Where the module does so from which the file takes the class, that is so today, and goes well in the order in
 * which the tree loads them.
 */
function isLoadedByCache({ path: file, project }: Source, example: string): boolean {
  const cacheModule = project?.cacheModuleOf(file);
  if (!project || cacheModule === undefined) return false;
  const own = project.resolve(file, example);
  const isLoadedBy = (module: string) => loadedBy(module, project).has(absolutePath(file));
  return isLoadedBy(cacheModule) && !(own !== undefined && isLoadedBy(own));
}

/** All files of the tree that a module loads, itself among them. */
function loadedBy(module: string, project: Project): ReadonlySet<string> {
  return loaded.of(project, module, () => {
    const seen = new Set([module]);
    for (const each of seen)
      for (const specifier of project.modulesOf(each)) {
        const target = project.resolve(each, specifier);
        if (target !== undefined && !target.includes('/node_modules/')) seen.add(target);
      }
    return seen;
  });
}

/** Why a file of another package of the workspace cannot import the cache. */
function acrossProblem(source: Source, wanted: string): Problem | undefined {
  const { path: file, project } = source;
  const cacheModule = project?.cacheModuleOf(file);
  const holder = cacheModule === undefined ? undefined : project?.packageAcross(file, cacheModule);
  if (!holder) return undefined;
  if (!mayImport(holder, source)) return reason('cache-package-unlisted', [], { package: holder.name });
  return reason('cache-not-exported', [], { package: holder.name, name: wanted });
}

function exportProblem({ path: file, project, options, isTask }: Source): Problem | undefined {
  const cacheModule = project?.cacheModuleOf(file);
  if (!project || cacheModule === undefined) return undefined;
  const wanted = sharedExport({ options, isTask });
  const { names, open } = moduleExports(cacheModule, project);
  // A module without any export is still to be written.
  if (open || names.size === 0 || names.has(wanted)) return undefined;
  const root = project.packageRootOf(file) ?? path.posix.dirname(absolutePath(file));
  const [flag, what] = isTask
    ? (['--provider', 'for tasks'] as const)
    : (['--factory', 'for routes'] as const);
  const module = path.posix.relative(root, cacheModule);
  return reason('cache-lacks-export', [], { module, name: wanted, flag, what });
}
