import path from 'node:path';
import type { Migration, Problem } from '../../migration.ts';
import { importExample } from '../../survey/modules/import-example.ts';
import { moduleExports } from '../../survey/modules/module-exports.ts';
import { toPosix } from '../../source/specifiers.ts';
import { cacheSpecifier } from '../../survey/modules/cache-specifier.ts';

/** Why the file cannot take its agent from the cache: there is none, or it does not export what the file needs. */
export function cacheProblem(migration: Migration): Problem | undefined {
  const example = importExample(migration)?.module.value;
  if (example === undefined) return undefined;
  if (cacheSpecifier(example, migration) === undefined) {
    const across = acrossProblem(migration);
    if (across) return across;
    return {
      reason: 'No cache module was found above this file.',
      hint: 'Name it with --cache-module, or write a starting one with --init.',
    };
  }
  return exportProblem(migration);
}

/** Why a file of another package of the workspace cannot import the cache. */
function acrossProblem({ path: file, project, options, isTask }: Migration): Problem | undefined {
  const cacheModule = project?.cacheModuleOf(file);
  const holder = cacheModule === undefined ? undefined : project?.packageAcross(file, cacheModule);
  if (!holder) return undefined;
  const name = holder.specifiers[0] ?? holder.folder;
  return {
    reason: `The package ${name} has the cache module and does not export it.`,
    hint: `Export ${isTask ? options.provider : options.factory} there, then run the codemod again.`,
  };
}

function exportProblem({ path: file, project, options, isTask }: Migration): Problem | undefined {
  const cacheModule = project?.cacheModuleOf(file);
  if (!project || cacheModule === undefined) return undefined;
  const wanted = isTask ? options.provider : options.factory;
  const { names, open } = moduleExports(cacheModule, project);
  // A module without any export is still to be written.
  if (open || names.size === 0 || names.has(wanted)) return undefined;
  const root = project.packageRootOf(file) ?? path.posix.dirname(toPosix(path.resolve(file)));
  const [flag, what] = isTask ? ['--provider', 'for tasks'] : ['--factory', 'for routes'];
  return {
    reason: `The cache module ${path.posix.relative(root, cacheModule)} exports no ${wanted}.`,
    hint: `Export it by that name, or name with ${flag} what is there ${what}.`,
  };
}
