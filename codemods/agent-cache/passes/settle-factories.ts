import type { NodePath } from '@babel/traverse';
import { canInlineGuard } from '../analysis/guards.ts';
import type { Factory, Migration, Site } from '../migration.ts';
import { reportManual } from '../analysis/report.ts';

/** Decides which factories go, which stay as they are, and how the failure that a factory maps is kept. */
export function settleFactories(migration: Migration): void {
  for (const factory of [...migration.factories].reverse()) {
    const sites = migration.sites.filter((site) => site.factory === factory);
    const left = sites.filter(({ plan }) => plan?.form === 'manual');
    const values = valueReferences(factory);
    if (left.length + values.length > 0) {
      factory.fate = 'keep';
      for (const reference of values) reportReference(migration, reference);
      reportKept(migration, factory);
    } else if (factory.guard) {
      const { guard } = factory;
      const inline = !factory.exported && sites.every((site) => canInlineGuard(site, guard));
      factory.fate = inline ? 'remove' : 'wrap';
      if (inline) for (const site of sites) site.plan = { form: 'guard', guard };
    } else {
      factory.fate = factory.exported ? 'wrap' : 'remove';
    }
  }
}

function valueReferences({ binding }: Factory): NodePath[] {
  return binding.referencePaths.filter(
    ({ key, parentPath, node }) =>
      node.type === 'Identifier' &&
      !(parentPath?.isCallExpression() && key === 'callee') &&
      !parentPath?.isExportSpecifier(),
  );
}

function reportReference(migration: Migration, reference: NodePath): void {
  reportManual(migration, reference, 'factory-reference', {
    reason: 'The factory is passed on as a value, and what receives it may not await the agent.',
    hint: 'Pass an async function, and await its result where it is called.',
  });
}

function reportKept(migration: Migration, { fn, name }: Factory): void {
  reportManual(migration, fn, 'factory', {
    reason: `The factory ${name} is still used where the cached agent cannot be awaited.`,
    hint: 'Rewire its remaining uses, then remove it.',
  });
}

/** The places of the file that call one factory. */
export function sitesOf(migration: Migration, factory: Factory): Site[] {
  return migration.sites.filter((site) => site.factory === factory);
}
