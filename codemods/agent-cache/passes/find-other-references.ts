import type { NodePath } from '@babel/traverse';
import { isAgentModule } from '../analysis/module-paths.ts';
import { reportManual } from '../analysis/report.ts';
import type { Migration } from '../migration.ts';

const BUILDS = /^(create|from|build|make|connect)([A-Z_]|$)/;

/** Notes the ways to an agent that cannot be followed: the class passed on as a value, and imported dynamically. */
export function findOtherReferences(migration: Migration): void {
  for (const { binding, holds, typeOnly } of migration.agentBindings) {
    if (holds !== 'class' || typeOnly) continue;
    for (const reference of binding.referencePaths) {
      if (isPassedOn(reference)) {
        reportManual(migration, reference, 'class-reference', {
          reason: `${migration.options.agentClass} is passed on as a value, and what receives it may build an agent.`,
          hint: 'Pass a function that awaits the cached agent instead of the class.',
        });
      }
    }
  }
  migration.program.traverse({
    CallExpression: (call) => {
      const [argument] = call.node.arguments;
      if (call.node.callee.type !== 'Import' || argument?.type !== 'StringLiteral') return;
      if (isAgentModule(argument.value, migration)) reportDynamicImport(migration, call);
    },
    ImportExpression: (expression) => {
      const { source } = expression.node;
      if (source.type === 'StringLiteral' && isAgentModule(source.value, migration)) {
        reportDynamicImport(migration, expression);
      }
    },
  });
}

function isPassedOn(reference: NodePath): boolean {
  const { parentPath: parent, key, listKey } = reference;
  if (!parent) return false;
  if (listKey === 'arguments' || parent.isArrayExpression()) return true;
  if (parent.isObjectProperty()) return key === 'value';
  if (parent.isVariableDeclarator() || parent.isAssignmentExpression())
    return key === 'init' || key === 'right';
  if (!parent.isMemberExpression() || key !== 'object' || !parent.parentPath.isCallExpression()) return false;
  const { property } = parent.node;
  return parent.key === 'callee' && property.type === 'Identifier' && BUILDS.test(property.name);
}

function reportDynamicImport(migration: Migration, path: NodePath): void {
  reportManual(migration, path, 'dynamic-import', {
    reason: `The module of ${migration.options.agentClass} is imported dynamically.`,
    hint: 'Import the cache module instead, dynamically too if it has to be, and await its agent.',
  });
}
