import type { NodePath } from '@babel/traverse';
import { buildersOfClass, type ClassBuilders } from '../../flow/effects/builders-of-class.ts';
import { classFileOf } from '../../flow/effects/own-methods.ts';
import type { BuilderWork } from '../../flow/effects/returned-constructions.ts';
import { keyedGetter } from '../../options.ts';
import type { Judged, Source, Surveyed } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { reportManual } from '../../report.ts';
import { classNamedBy } from '../../survey/code/class-names.ts';
import { exportedNameAt } from '../../survey/code/exports.ts';
import { joinPaths } from '../../survey/code/exported-paths.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { moduleHolders } from '../../survey/modules/module-holders.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { writtenName } from '../../survey/code/written-name.ts';
import { declaringFile } from '../../survey/modules/agent-file.ts';
import { type CallExpression, isLiteral, type Node } from '@babel/types';
import { callAt } from '../../survey/code/call-at.ts';

/** How packages call what builds one of their clients. */
const BUILDS =
  /^(init|initialize|of|open|connect|authorize|(for|with)[A-Z]\w*|get\w*For[A-Z]\w*|(create|from|build|make)([A-Z_]\w*)?)$/;

/** Notes the places that get an agent from a static member of its class, or from a function of its module. */
export function findBuildersOfTheClass(migration: Judged): void {
  const { project, options } = migration;
  const file = classFileOf(migration);
  const builders = project && file ? buildersOfClass(file, project, options) : undefined;
  for (const binding of migration.agentBindings) {
    if (binding.typeOnly) continue;
    for (const reference of binding.binding.referencePaths) {
      const named = classNamedBy(reference, binding);
      if (named) noteStatic(named, builders, migration);
    }
  }
  if (project && file && builders && builders.functions.size > 0) noteFunctions(file, builders, migration);
}

function noteStatic(named: NodePath, builders: ClassBuilders | undefined, migration: Judged): void {
  const member = outermostSame(named).parentPath;
  if (member?.isNewExpression() && outermostSame(named).key === 'callee') noteNew(member, migration);
  if (member?.isVariableDeclarator()) noteTaken(member.get('id'), builders, migration);
  if (!member?.isMemberExpression() && !member?.isOptionalMemberExpression()) return;
  if (named.key !== 'object' && outermostSame(named).key !== 'object') return;
  const name = writtenName(member.node.property, member.node.computed);
  if (name === undefined) return;
  const made = name === 'prototype' ? madeOfPrototype(outermostSame(member)) : undefined;
  if (made) note(made, `${migration.options.agentClass}.prototype`, 'builds', migration);
  const builder = `${migration.options.agentClass}.${name}`;
  const call = callAt(outermostSame(member));
  // What the tree is said to build its agents by is a construction where it is called.
  if (name === migration.options.builtBy) {
    if (!call) note(member, builder, 'builds', migration);
    return;
  }
  if (builders && isRead(migration)) {
    const work = builders.statics.get(name);
    if (work) note(call ?? member, builder, work, migration);
  } else if (call && BUILDS.test(name) && isUsedAsAgent(call)) note(call, builder, 'builds', migration);
}

/** Where a static method is said to build the agents of a tree, a `new` builds one past that. */
function noteNew(built: NodePath, migration: Judged): void {
  const { agentClass, builtBy = 'new' } = migration.options;
  if (builtBy !== 'new' && builtBy !== 'function') note(built, `new ${agentClass}()`, 'builds', migration);
}

/**
 * What makes an object with a prototype: `Object.create(Agent.prototype)`, `{ __proto__: Agent.prototype }`; not that of
 * another function, which is what a class extends.
 */
function madeOfPrototype(prototype: NodePath): NodePath | undefined {
  const { parentPath: parent, key, listKey } = prototype;
  if (parent?.isObjectProperty() && key === 'value' && keyName(parent.node) === '__proto__')
    return parent.parentPath;
  if (!parent?.isCallExpression() || listKey !== 'arguments') return undefined;
  const callee = parent.get('callee');
  const owner = callee.isMemberExpression() ? callee.get('object') : undefined;
  const method = callee.isMemberExpression() ? writtenName(callee.node.property, callee.node.computed) : '';
  if (!owner?.isIdentifier() || !/^(Object|Reflect)$/.test(owner.node.name)) return undefined;
  const [first] = parent.get('arguments');
  if (method === 'setPrototypeOf') return key === 1 && !isPrototype(first) ? parent : undefined;
  return method === 'create' && key === 0 && !isBaseOfAnother(parent) ? parent : undefined;
}

/** `Other.prototype = Object.create(Agent.prototype)` */
function isBaseOfAnother({ parentPath: parent, key }: NodePath): boolean {
  return parent?.isAssignmentExpression() === true && key === 'right' && isPrototype(parent.get('left'));
}

function isPrototype(path: NodePath | undefined): boolean {
  return (
    path?.isMemberExpression() === true && writtenName(path.node.property, path.node.computed) === 'prototype'
  );
}

/** Notes the builders among the static members that a pattern takes: `const { create } = AdsClient`. */
function noteTaken(pattern: NodePath, builders: ClassBuilders | undefined, migration: Judged): void {
  if (!pattern.isObjectPattern()) return;
  for (const property of pattern.get('properties')) {
    const name = property.isObjectProperty() ? keyName(property.node) : undefined;
    if (name === undefined) continue;
    const work = builders && isRead(migration) ? builders.statics.get(name) : byName(name);
    if (work) note(property, `${migration.options.agentClass}.${name}`, work, migration);
  }
}

function byName(name: string): BuilderWork | undefined {
  return BUILDS.test(name) ? 'builds' : undefined;
}

/** Whether the source of the class was seen; a package's is asked by the names of its members. */
function isRead(migration: Surveyed): boolean {
  const file = classFileOf(migration);
  const text = file === undefined ? undefined : migration.project?.read(file);
  return text?.includes(migration.options.agentClass) === true && !file?.includes('/node_modules/');
}

/** Notes the uses of what a file has of the agent's module, by whatever way: `open`, `agents.open`, `whole.agents.open`. */
function noteFunctions(file: string, { functions }: ClassBuilders, migration: Judged): void {
  for (const { specifier, path, expressions, import: own } of moduleHolders(migration)) {
    const target = own?.typeOnly ? undefined : migration.project?.resolve(migration.path, specifier);
    if (target === undefined || !leadsTo(target, file, migration)) continue;
    // The default import of CommonJS is the whole of it.
    const outer =
      path === 'default' || path.startsWith('default.') ? path.slice('default.'.length) : undefined;
    for (const expression of expressions) {
      if (exportedNameAt(expression) !== undefined) continue;
      for (const start of [path, ...(outer === undefined ? [] : [outer])])
        if (noteBehind(expression, start, functions, migration)) break;
    }
  }
}

/** Notes a builder that is named by what stands at a path of the module, or by members of that. */
function noteBehind(
  expression: NodePath,
  path: string,
  functions: ReadonlyMap<string, BuilderWork>,
  migration: Judged,
): boolean {
  let value = outermostSame(expression);
  for (let name = path; ; ) {
    const work = functions.get(name);
    if (work) {
      note(callAt(value) ?? value, name.replace(/^default\./, ''), work, migration);
      return true;
    }
    const { parentPath: member, key } = value;
    if (member?.isVariableDeclarator() && key === 'init')
      return noteTakenOf(member.get('id'), name, functions, migration);
    if (!isMember(member) || key !== 'object') return false;
    name = joinPaths(name, propertyName(member.node) ?? '*');
    value = outermostSame(member);
  }
}

/** `const { open } = agents` */
function noteTakenOf(
  pattern: NodePath,
  path: string,
  functions: ReadonlyMap<string, BuilderWork>,
  migration: Judged,
): boolean {
  const properties = pattern.isObjectPattern() ? pattern.get('properties') : [];
  return properties
    .map((each) => {
      const name = each.isObjectProperty() ? keyName(each.node) : undefined;
      const work = name === undefined ? undefined : functions.get(joinPaths(path, name));
      if (name !== undefined && work) note(each, name, work, migration);
      return work !== undefined;
    })
    .some(Boolean);
}

/** Whether a module is the class's own, or one that hands on what that exports. */
function leadsTo(target: string, file: string, { project, options }: Source): boolean {
  if (target === file) return true;
  return project !== undefined && declaringFile(target, project, options) === file;
}

function note(place: NodePath, builder: string, work: BuilderWork, migration: Judged): void {
  // The default import of CommonJS is the class, and the module that has its statics.
  const { line = 1, column = 0 } = place.node.loc?.start ?? {};
  if (migration.occurrences.some((each) => each.line === line && each.column === column + 1)) return;
  const isDropped = isStatement(place);
  const kind = place.isCallExpression() ? 'factory-call' : 'factory-reference';
  if (!isDropped && work !== 'builds') {
    const names = { builder, ...lookUpHint(place, migration) };
    reportManual(migration, place, kind, { ...reason('class-builds-with-work', [], { builder }), names });
    return;
  }
  const id = isDropped ? 'class-sets-default' : 'class-builds';
  const names = { builder, ...(isDropped ? {} : builtByHint(builder, place, migration)) };
  reportManual(migration, place, kind, { ...reason(id, [], { builder }), names });
}

/** How the cache may build by a builder: a method, or a function, and with an entry for each of what it is given. */
function builtByHint(builder: string, place: NodePath, { options }: Source): { more?: string } {
  if (!place.isCallExpression()) return {};
  const [first = '', method] = builder.split('.');
  // A method of something else is none that a cache could be told to build by.
  if (method !== undefined && first !== options.agentClass) return {};
  const by = method === undefined ? `--agent-class ${first} --built-by function` : `--built-by ${method}`;
  return { more: `Or have the cache build by it: ${by}${isGivenVariables(place) ? ' --keyed' : ''}.` };
}

function isGivenVariables({ node }: NodePath<CallExpression>): boolean {
  return node.arguments.some(isVariable);
}

function isVariable(given: Node): boolean {
  return !isLiteral(given) || given.type === 'TemplateLiteral';
}

/** What is to be done about a builder that looks up what to build with, such as the token behind the name of a shop. */
function lookUpHint(place: NodePath, { options }: Source): { more?: string } {
  if (!place.isCallExpression() || !isGivenVariables(place)) return {};
  const getter = options.keyed
    ? `${keyedGetter(options)}(…)`
    : 'a getter for each set of arguments (--keyed)';
  return {
    more: `Where it looks up what to build it with, let it give that alone, and take one for that from ${getter}.`,
  };
}

function isStatement(place: NodePath): boolean {
  const outer = place.parentPath?.isAwaitExpression() ? place.parentPath : place;
  return outer.parentPath?.isExpressionStatement() === true;
}

/** Whether the result of a call has methods called, is kept, given on or returned, or is dropped: a value is only read. */
function isUsedAsAgent(call: NodePath): boolean {
  let value = outermostSame(call);
  if (value.parentPath?.isAwaitExpression()) value = outermostSame(value.parentPath);
  const { parentPath: parent, key } = value;
  if (!parent || parent.isExpressionStatement() || parent.isReturnStatement()) return true;
  if (parent.isMemberExpression() || parent.isOptionalMemberExpression())
    return key === 'object' && /^(Optional)?CallExpression$/.test(parent.parent.type);
  return (
    parent.isVariableDeclarator() ||
    parent.isAssignmentExpression() ||
    parent.isArrowFunctionExpression() ||
    parent.isClassProperty() ||
    parent.isObjectProperty() ||
    value.listKey === 'arguments'
  );
}
