import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { givenFactoryProblem } from '../judge/passed-factories/given-factory.ts';
import type { Factory, Migration, Surveyed } from '../migration.ts';
import { exportedNameAt } from '../survey/code/exports.ts';
import { callsOf } from '../survey/factories/find-factories.ts';

/** The factories of the file that only give on what this one gives. */
export function factoriesOver(factory: Factory, { factories }: Surveyed): Factory[] {
  const calls = new Set<t.Node>(callsOf(factory).map(({ node }) => node));
  return factories.filter(({ source }) => calls.has(source.node));
}

/** The uses of a factory as a value that a promise in place of its agent would break. */
export function valuesLeftOf(factory: Factory, migration: Migration): NodePath[] {
  const { async, member } = factory;
  return valuesOf(factory).filter(
    (value) => member !== undefined || givenFactoryProblem({ value, async }, migration) !== undefined,
  );
}

/** The uses of a factory as a value. */
export function valuesOf({ references }: Factory): NodePath[] {
  return references.filter(
    (reference) =>
      /^(Identifier|(Optional)?MemberExpression)$/.test(reference.node.type) &&
      !(reference.parentPath?.isCallExpression() && reference.key === 'callee') &&
      exportedNameAt(reference) === undefined,
  );
}
