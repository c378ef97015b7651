import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isAgentModule } from '../analysis/module-paths.ts';
import { reportManual } from '../analysis/report.ts';
import type { Migration } from '../migration.ts';

/** `import(…)`, `import.defer(…)` or `require`: few files have one, and the walk took 0.15 s for 250 files. */
const LOADS_LATER = /\bimport\s*[(./]|\brequire\b/;
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
  if (!LOADS_LATER.test(migration.text)) return;
  migration.program.traverse({
    CallExpression: (call) => {
      const [argument] = call.node.arguments;
      const { callee } = call.node;
      const isRequire = callee.type === 'Identifier' && callee.name === 'require';
      if ((callee.type !== 'Import' && !isRequire) || argument?.type !== 'StringLiteral') return;
      if (isRequire && !mayBeUsed(call, migration.options.agentClass)) return;
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

/** Whether a `require` is more than a declaration of the file, which is followed, and may be of the class. */
function mayBeUsed(call: NodePath, agentClass: string): boolean {
  const statement = call.getStatementParent();
  const isTop = statement?.parentPath?.isProgram();
  if (isTop && (statement?.isVariableDeclaration() || statement?.isExpressionStatement())) return false;
  const { parent } = call;
  const isClass = (name: t.Node) =>
    name.type !== 'Identifier' || name.name === agentClass || name.name === 'default';
  if (parent.type === 'MemberExpression') return isClass(parent.property);
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return true;
  return parent.id.properties.some((property) => property.type === 'RestElement' || isClass(property.key));
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
    reason: `The module of ${migration.options.agentClass} is imported inside of other code, when that runs.`,
    hint: 'Import the cache module there instead, and await its agent.',
  });
}
