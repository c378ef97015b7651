import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { classNamedBy } from '../analysis/class-names.ts';
import { isAgentModule } from '../analysis/module-paths.ts';
import { reportManual } from '../analysis/report.ts';
import { outermostSame } from '../analysis/wrappers.ts';
import type { Migration } from '../migration.ts';

/** `import(…)`, `import.defer(…)` or `require`: few files have one, and the walk took 0.15 s for 250 files. */
const LOADS_LATER = /\bimport\s*[(./]|\brequire\b/;
const BUILDS = /^(create|from|build|make|connect)([A-Z_]|$)/;

/** Notes the ways to an agent that cannot be followed: the class passed on as a value, and imported dynamically. */
export function findOtherReferences(migration: Migration): void {
  const { agentClass } = migration.options;
  for (const agentBinding of migration.agentBindings) {
    if (agentBinding.typeOnly) continue;
    for (const reference of agentBinding.binding.referencePaths) {
      const named = classNamedBy(reference, agentBinding) ?? reference;
      const isClass =
        named !== reference ||
        agentBinding.holds === 'class' ||
        named.listKey === 'arguments' ||
        isPickedFrom(named, agentClass);
      if (isClass && isPassedOn(outermostSame(named))) {
        reportManual(migration, reference, 'class-reference', {
          reason: `${agentClass} is passed on as a value, and what receives it may build an agent.`,
          hint: 'Pass a function that awaits the cached agent instead of the class.',
        });
      }
    }
  }
  if (!LOADS_LATER.test(migration.text)) return;
  migration.program.traverse({
    CallExpression: (call) => {
      const { callee } = call.node;
      const isRequire = callee.type === 'Identifier' && callee.name === 'require';
      if (callee.type !== 'Import' && !isRequire) return;
      const [argument] = call.get('arguments');
      if (isRequire && argument?.isStringLiteral() && !mayBeUsed(call, agentClass)) return;
      const specifier = argument && textOfConstant(argument);
      if (specifier !== undefined && isAgentModule(specifier, migration))
        reportDynamicImport(migration, call);
    },
    ImportExpression: (expression) => {
      const specifier = textOfConstant(expression.get('source'));
      if (specifier !== undefined && isAgentModule(specifier, migration))
        reportDynamicImport(migration, expression);
    },
  });
}

/** Whether a `require` is more than a declaration of the file, which is followed, and may be of the class. */
function mayBeUsed(call: NodePath, agentClass: string): boolean {
  const statement = call.getStatementParent();
  const isTop = statement?.parentPath?.isProgram();
  if (isTop && (statement?.isVariableDeclaration() || statement?.isExpressionStatement())) return false;
  const { parent } = call;
  if (parent.type === 'MemberExpression') return isClassName(parent.property, agentClass);
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return true;
  return picksClass(parent.id, agentClass);
}

function isPassedOn(reference: NodePath): boolean {
  const { parentPath: parent, key, listKey } = reference;
  if (!parent) return false;
  if (listKey === 'arguments' || parent.isArrayExpression() || parent.isReturnStatement()) return true;
  if (parent.isObjectProperty() || parent.isClassProperty() || parent.isClassPrivateProperty())
    return key === 'value';
  if (parent.isVariableDeclarator()) return key === 'init';
  if (parent.isAssignmentExpression() || parent.isAssignmentPattern()) return key === 'right';
  if (parent.isArrowFunctionExpression()) return key === 'body';
  if (parent.isConditionalExpression()) return key !== 'test';
  if (parent.isLogicalExpression()) return true;
  if (!parent.isMemberExpression() || key !== 'object' || !parent.parentPath.isCallExpression()) return false;
  const { property } = parent.node;
  return parent.key === 'callee' && property.type === 'Identifier' && BUILDS.test(property.name);
}

/** Whether a whole module is destructured, and its class is among what that takes. */
function isPickedFrom(reference: NodePath, agentClass: string): boolean {
  const { parent, key } = reference;
  if (parent.type !== 'VariableDeclarator' || key !== 'init') return false;
  return parent.id.type === 'ObjectPattern' && picksClass(parent.id, agentClass);
}

function picksClass({ properties }: t.ObjectPattern, agentClass: string): boolean {
  return properties.some(
    (property) => property.type === 'RestElement' || isClassName(property.key, agentClass),
  );
}

function isClassName(name: t.Node, agentClass: string): boolean {
  return name.type !== 'Identifier' || name.name === agentClass || name.name === 'default';
}

/** The text of a string, of a template without expressions, or of a constant that is one. */
function textOfConstant(path: NodePath): string | undefined {
  if (path.isStringLiteral()) return path.node.value;
  if (path.isTemplateLiteral() && path.node.expressions.length === 0)
    return path.node.quasis[0]?.value.cooked ?? undefined;
  const binding = path.isIdentifier() ? path.scope.getBinding(path.node.name) : undefined;
  if (!binding?.constant || !binding.path.isVariableDeclarator()) return undefined;
  const init = binding.path.get('init');
  return init.isStringLiteral() || init.isTemplateLiteral() ? textOfConstant(init) : undefined;
}

function reportDynamicImport(migration: Migration, path: NodePath): void {
  reportManual(migration, path, 'dynamic-import', {
    reason: `The module of ${migration.options.agentClass} is imported inside of other code, when that runs.`,
    hint: 'Import the cache module there instead, and await its agent.',
  });
}
