import { contextProblem } from '../analysis/context.ts';
import { cacheSpecifier } from '../analysis/module-paths.ts';
import type { Migration, Plan, Problem, Site } from '../migration.ts';

/** Decides for each place how it is rewritten, or why it is left. */
export function judgeSites(migration: Migration): void {
  for (const site of migration.sites) site.plan = planFor(site, migration);
}

function planFor(site: Site, migration: Migration): Plan {
  const problem =
    cacheProblem(migration) ?? argumentProblem(site, migration) ?? contextProblem(site.expression);
  if (problem) return { form: 'manual', problem };
  if (site.factory?.async) return { form: 'promise' };
  return { form: 'await' };
}

function cacheProblem(migration: Migration): Problem | undefined {
  const example = migration.agentBindings[0]?.module.value;
  if (example === undefined || cacheSpecifier(example, migration) !== undefined) return undefined;
  return {
    reason: 'No cache module was found above this file.',
    hint: 'Name it with --cache-module, or write a starting one with --init.',
  };
}

function argumentProblem({ expression, factory }: Site, { options }: Migration) {
  if (factory || expression.node.arguments.length === 0) return undefined;
  return {
    reason: `This ${options.agentClass} is built with arguments, so it may differ from the shared one.`,
    hint: 'Keep it, or give the cache one entry for each distinct set of arguments.',
  };
}
