import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Source } from '../../migration.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { joinPaths } from '../../survey/code/exported-paths.ts';
import { exportedNameAt } from '../../survey/code/exports.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

/** What calls, or copies, the class that it is read from. */
const CALLS_ITS_OWNER = new Set(['bind', 'call', 'apply']);

/**
 * Whether an expression that is the class gets to where nothing shows what becomes of it. What builds with it, extends
 * it, compares with it, reads a member of it, or exports it is seen.
 */
export function getsOutOfSight(value: NodePath, source: Source): boolean {
  const { parentPath: parent, key } = value;
  if (!parent || exportedNameAt(value) !== undefined) return false;
  if (isType(parent) || parent.isExpressionStatement() || isCompared(value)) return false;
  if (isMember(parent)) return key === 'object' ? readsItself(parent) : key === 'property';
  if (parent.isVariableDeclarator() && key === 'init') return !takesByName(parent.node.id);
  if (parent.isNewExpression() || parent.isCallExpression() || parent.isOptionalCallExpression())
    return key !== 'callee' && !isExtended(parent) && !isOnlyLookedAt(value, parent, source);
  return !(parent.isClass() && key === 'superClass');
}

/**
 * Whether what holds the module of the class gets there, and the class with it. Another member of it, and a pattern that
 * names what it takes, are seen.
 */
export function namespaceGetsOutOfSight(
  reference: NodePath,
  { classPaths = [] }: AgentBinding,
  agentClass: string,
): boolean {
  let holder = reference;
  for (let path = ''; ; ) {
    const { parentPath: parent, key } = holder;
    if (!parent) return false;
    if (parent.isTSQualifiedName()) return isNamedByImport(parent, agentClass);
    if (!isMember(parent) || key !== 'object') break;
    const name = propertyName(parent.node);
    if (name === undefined) return true;
    path = joinPaths(path, name);
    if (!classPaths.some((each) => each.startsWith(`${path}.`))) return false;
    holder = parent;
  }
  const value = outermostSame(holder);
  const { parentPath: parent, key } = value;
  if (!parent || exportedNameAt(value) !== undefined || isType(parent) || isCompared(value)) return false;
  if (parent.isExpressionStatement() || (key === 'callee' && !parent.isNewExpression())) return false;
  // `{ ...agents }` that is exported hands the module on, which is followed.
  if (parent.isSpreadElement() && parent.parentPath && exportedNameAt(parent.parentPath) !== undefined)
    return false;
  if (parent.isVariableDeclarator() && parent.node.id.type === 'ObjectPattern')
    return parent.node.id.properties.some((each) => takesClass(each, agentClass));
  return !(parent.isNewExpression() && key === 'callee');
}

/** `import Api = agents.FacebookAdsAgent` gives the class another name. */
function isNamedByImport(name: NodePath<t.TSQualifiedName>, agentClass: string): boolean {
  const { parentPath: parent } = name;
  return parent.isTSImportEqualsDeclaration() && name.node.right.name === agentClass;
}

function takesClass(property: t.ObjectPattern['properties'][number], agentClass: string): boolean {
  const name = property.type === 'RestElement' ? undefined : keyName(property);
  return name === undefined || name === agentClass || name === 'default';
}

/** `const { hash, VERSION } = Agent` reads what `Agent.hash` does. */
function takesByName(id: t.LVal | t.VoidPattern): boolean {
  if (id.type !== 'ObjectPattern') return false;
  return id.properties.every((each) => {
    const name = each.type === 'ObjectProperty' ? keyName(each) : undefined;
    return name !== undefined && name !== 'prototype' && !CALLS_ITS_OWNER.has(name);
  });
}

/** A member by a name that is not written, or one that gives the class itself. */
function readsItself(member: NodePath<t.MemberExpression | t.OptionalMemberExpression>): boolean {
  const name = propertyName(member.node);
  if (name === 'prototype' && isMember(member.parentPath) && member.key === 'object')
    return propertyName(member.parentPath.node) === 'constructor';
  return name === undefined || CALLS_ITS_OWNER.has(name);
}

function isType({ node: { type } }: NodePath): boolean {
  return (
    type === 'TSTypeQuery' ||
    type === 'TSQualifiedName' ||
    /^TS.*Type$|^TSTypeReference$|Heritage/.test(type) ||
    type === 'TSExpressionWithTypeArguments'
  );
}

/** `e instanceof Agent`, `type === Agent`, `case Agent`, `typeof Agent`, a text of it: nothing is built of those. */
function isCompared({ parentPath: parent, key }: NodePath): boolean {
  if (!parent) return false;
  if (parent.isBinaryExpression() || parent.isUnaryExpression()) return true;
  // A tag gets what stands in its template as it is.
  if (parent.isTemplateLiteral()) return parent.parentPath?.isTaggedTemplateExpression() !== true;
  if (parent.isSwitchCase() || parent.isSwitchStatement()) return true;
  return key === 'test' && (parent.isConditionalExpression() || parent.isIfStatement());
}

/** `extends withRetry(FacebookAdsAgent)`: what a class is made of; its own agents are none of the cache's. */
function isExtended(call: NodePath): boolean {
  const { parentPath: parent } = call;
  if (!call.isCallExpression() || !parent) return false;
  if (parent.isClass()) return call.key === 'superClass';
  return call.listKey === 'arguments' && isExtended(parent);
}

/**
 * `app.get(Agent)`, `container.isRegistered(Agent)` and `@Inject(Agent)` ask a container for what was registered elsewhere; a function may only compare
 * with what it is given.
 */
function isOnlyLookedAt(value: NodePath, call: NodePath, source: Source): boolean {
  if (!call.isCallExpression() || value.listKey !== 'arguments') return false;
  const callee = call.get('callee') as NodePath;
  if (
    isMember(callee) &&
    /^(?:get|has|isRegistered|isBound)$/.test(propertyName(callee.node) ?? '') &&
    call.node.arguments.length === 1
  )
    return true;
  if (call.parentPath.isDecorator() && callee.isIdentifier({ name: 'Inject' })) return true;
  const called = calledDefinition(callee, source);
  const parameter = called?.kind === 'function' ? called.path.node.params[Number(value.key)] : undefined;
  if (called?.kind !== 'function' || parameter?.type !== 'Identifier') return false;
  const binding = called.path.scope.getBinding(parameter.name);
  const usesArguments = called.path.isArrowFunctionExpression() === false && mentionsArguments(called.path);
  return (
    binding?.constant === true &&
    !usesArguments &&
    binding.referencePaths.every((each) => isCompared(outermostSame(each)))
  );
}

function mentionsArguments(fn: NodePath): boolean {
  let found = false;
  fn.traverse({
    Identifier(path) {
      if (path.node.name === 'arguments') found = true;
    },
  });
  return found;
}
