import type { NodePath } from '@babel/traverse';
import { cacheProblem } from '../analysis/cache-problem.ts';
import { exportedNameAt } from '../analysis/exports.ts';
import { blockingImporter } from '../analysis/importers.ts';
import { canInlineGuard } from '../analysis/guards.ts';
import type { Factory, Migration } from '../migration.ts';
import { reportManual } from '../analysis/report.ts';

/** Decides which factories go, which stay as they are, and how the failure that a factory maps is kept. */
export function settleFactories(migration: Migration): void {
  for (const factory of [...migration.factories].reverse()) {
    const sites = migration.sites.filter((site) => site.factory === factory);
    const left = sites.filter(({ plan }) => plan?.form === 'manual');
    const values = valueReferences(factory);
    const problem = cacheProblem(migration);
    const importer = left.length + values.length > 0 ? undefined : blockingImporter(migration, factory);
    if (problem) {
      factory.fate = 'keep';
      reportManual(migration, factory.fn, 'factory', problem);
    } else if (importer !== undefined) {
      factory.fate = 'keep';
      reportImported(migration, factory, importer);
    } else if (left.length + values.length > 0) {
      factory.fate = 'keep';
      for (const reference of values) reportReference(migration, reference);
      reportKept(migration, factory);
    } else if (factory.guard) {
      const { guard } = factory;
      const inline = !factory.exported && sites.every((site) => canInlineGuard(site, guard));
      factory.fate = inline ? 'remove' : 'wrap';
      if (inline) for (const site of sites) site.plan = { form: 'guard', guard };
    } else {
      factory.fate = !factory.exported ? 'remove' : migration.isTask ? 'wrap' : 'reexport';
    }
  }
  for (const { values } of migration.remoteFactories) {
    for (const reference of values) reportReference(migration, reference);
  }
}

function valueReferences({ references }: Factory): NodePath[] {
  return references.filter(
    (reference) =>
      reference.node.type === 'Identifier' &&
      !(reference.parentPath?.isCallExpression() && reference.key === 'callee') &&
      exportedNameAt(reference) === undefined,
  );
}

function reportReference(migration: Migration, reference: NodePath): void {
  if (reference.parentPath?.isTSTypeQuery()) {
    reportManual(migration, reference, 'factory-reference', {
      reason: 'A type is taken from the factory, and it would become a promise.',
      hint: "Name the agent's class as the type, then run the codemod again.",
    });
    return;
  }
  reportManual(migration, reference, 'factory-reference', {
    reason: 'The factory is passed on as a value, and what receives it may not await the agent.',
    hint: 'Pass an async function, and await its result where it is called.',
  });
}

function reportImported(migration: Migration, { fn, name }: Factory, importer: string): void {
  reportManual(migration, fn, 'factory', {
    reason: `The factory ${name} is also used in ${importer}, where the cached agent cannot be awaited for sure.`,
    hint: 'Rewire that file first, then run the codemod again.',
  });
}

function reportKept(migration: Migration, { fn, name }: Factory): void {
  reportManual(migration, fn, 'factory', {
    reason: `The factory ${name} is still used where the cached agent cannot be awaited.`,
    hint: 'Rewire its remaining uses, then remove it.',
  });
}
