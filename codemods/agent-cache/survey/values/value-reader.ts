import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { isAssigned } from './assigned-environment.ts';
import { isPureFunction, isPureGlobal, isTextMethod } from './pure-calls.ts';
import { type Held, mayBeWritten, packageMayBeWritten } from './written-values.ts';
import { calledDefinition } from '../code/definitions.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { requiredModule } from '../code/required-module.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';

/**
 * What an expression comes to, in words that are the same for every expression that comes to the same; or the first
 * part of it that cannot be told.
 */
export type ReadValue = { text: string } | { unknown: NodePath; why: Unknown };

/**
 * Why a value cannot be told: it `varies` with the call, it is an object or a function with an `identity` of its own,
 * it is `written` somewhere, or the code does not show it (`unread`).
 */
export type Unknown = 'varies' | 'identity' | 'written' | 'unread';

/** How many names, members and files a value may lie behind. */
const MAX_STEPS = 20;

/** Packages that give settings, whose members are read once. */
const SETTINGS = /(^|[/@_-])(config|configuration|settings|env|environment|constants)([/_-]|$)/i;

/** Reads what an expression comes to, through constants, imports, the environment and settings of the tree. */
export function readValue(expression: NodePath, migration: Migration, steps = MAX_STEPS): ReadValue {
  if (steps === 0) return unknown(expression, 'unread');
  const value = withoutTypes(expression);
  const next = (path: NodePath) => readValue(path, migration, steps - 1);
  const { node } = value;
  switch (node.type) {
    case 'StringLiteral':
      return { text: JSON.stringify(node.value) };
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { text: String(node.value) };
    case 'BigIntLiteral':
      return { text: `${node.value}n` };
    case 'NullLiteral':
      return { text: 'null' };
    case 'TemplateLiteral':
      return templateText(value as NodePath<t.TemplateLiteral>, next);
    case 'UnaryExpression':
      return node.operator === 'delete'
        ? unknown(value, 'unread')
        : combined(node.operator, [value.get('argument') as NodePath], next);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return combined(node.operator, [value.get('left') as NodePath, value.get('right') as NodePath], next);
    case 'ConditionalExpression':
      return combined(
        '?:',
        ['test', 'consequent', 'alternate'].map((key) => value.get(key) as NodePath),
        next,
      );
    case 'ArrayExpression':
      return listText(value as NodePath<t.ArrayExpression>, next);
    case 'ObjectExpression':
      return objectText(value as NodePath<t.ObjectExpression>, next, migration, steps);
    case 'Identifier':
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return readChain(value, migration, steps);
    case 'CallExpression':
    case 'NewExpression':
      return callText(value as NodePath<t.CallExpression | t.NewExpression>, migration, steps);
    default:
      return unknown(value, /Function|Class|RegExp/.test(node.type) ? 'identity' : 'unread');
  }
}

function unknown(at: NodePath, why: Unknown): ReadValue {
  return { unknown: at, why };
}

type Next = (path: NodePath) => ReadValue;

function combined(operator: string, parts: readonly NodePath[], next: Next): ReadValue {
  return joined(parts.map(next), (texts) => `(${operator} ${texts.join(' ')})`);
}

function joined(parts: readonly ReadValue[], text: (parts: string[]) => string): ReadValue {
  const texts: string[] = [];
  for (const part of parts) {
    if ('unknown' in part) return part;
    texts.push(part.text);
  }
  return { text: text(texts) };
}

function templateText(value: NodePath<t.TemplateLiteral>, next: Next): ReadValue {
  const quasis = value.node.quasis.map(({ value: { cooked, raw } }) => cooked ?? raw);
  if (quasis.length === 1) return { text: JSON.stringify(quasis[0]) };
  const expressions = (value.get('expressions') as NodePath[]).map(next);
  return joined(expressions, (texts) => `(text ${JSON.stringify(quasis)} ${texts.join(' ')})`);
}

function listText(value: NodePath<t.ArrayExpression>, next: Next): ReadValue {
  const elements = value.get('elements') as NodePath[];
  const odd = elements.find(({ node }) => !node || node.type === 'SpreadElement');
  return odd ? unknown(value, 'unread') : joined(elements.map(next), (texts) => `[${texts.join(', ')}]`);
}

/** The properties in the order of their names: that in which they are written says nothing. */
function objectText(
  value: NodePath<t.ObjectExpression>,
  next: Next,
  migration: Migration,
  steps: number,
): ReadValue {
  const entries = new Map<string, string>();
  for (const property of value.get('properties')) {
    if (property.isSpreadElement()) {
      const whole = objectBehind(property.get('argument'), migration, steps - 1);
      if (!whole) return unknown(property, 'unread');
      const read = readEntries(whole, next);
      if ('unknown' in read) return read;
      for (const [name, text] of read.entries) entries.set(name, text);
      continue;
    }
    const name = keyName(property.node);
    if (name === undefined || !property.isObjectProperty()) return unknown(property, 'identity');
    const read = next(property.get('value'));
    if ('unknown' in read) return read;
    entries.set(name, read.text);
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return { text: `{${sorted.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')}}` };
}

type Entries = { entries: Map<string, string> } | Extract<ReadValue, { unknown: NodePath }>;

function readEntries(object: NodePath<t.ObjectExpression>, next: Next): Entries {
  const entries = new Map<string, string>();
  for (const property of object.get('properties')) {
    const name = keyName(property.node);
    if (name === undefined || !property.isObjectProperty()) return { unknown: property, why: 'unread' };
    const read = next(property.get('value'));
    if ('unknown' in read) return read;
    entries.set(name, read.text);
  }
  return { entries };
}

/** The literal that a spread expression stands for, where nothing writes to it. */
function objectBehind(
  path: NodePath,
  migration: Migration,
  steps: number,
): NodePath<t.ObjectExpression> | undefined {
  const value = withoutFreeze(path);
  if (value.isObjectExpression()) return value;
  const binding = value.isIdentifier() ? value.scope.getBinding(value.node.name) : undefined;
  const declared = binding && declarationOf(binding, migration);
  if (!declared || 'module' in declared || declared.names.length > 0 || steps <= 0) return undefined;
  if (mayBeWritten(heldBy(declared), [], migration)) return undefined;
  return declared.init && objectBehind(declared.init, migration, steps - 1);
}

/** `Object.freeze(x)` is `x`. */
function withoutFreeze(path: NodePath): NodePath {
  const value = withoutTypes(path);
  if (!value.isCallExpression() || value.node.arguments.length !== 1) return value;
  const { callee } = value.node;
  const isFreeze =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    propertyName(callee) === 'freeze' &&
    !value.scope.hasBinding('Object', true);
  return isFreeze ? withoutFreeze(value.get('arguments')[0] as NodePath) : value;
}

/** A name, and the members that are read of it. */
function readChain(
  path: NodePath,
  migration: Migration,
  steps: number,
  more: readonly string[] = [],
): ReadValue {
  const names = [...more];
  let root = withoutTypes(path);
  while (isMember(root)) {
    const name = propertyName(root.node);
    if (name === undefined) return unknown(path, 'unread');
    names.unshift(name);
    root = withoutTypes(root.get('object') as NodePath);
  }
  if (root.isMetaProperty() && names[0] === 'env' && names.length === 2)
    return { text: `import.meta.env.${names[1]}` };
  if (!root.isIdentifier())
    return root.isObjectExpression() && names.length > 0
      ? readMember(root, names, migration, steps)
      : unknown(path, root.isThisExpression() ? 'varies' : 'unread');
  const { name } = root.node;
  const binding = root.scope.getBinding(name);
  if (!binding) return readGlobal(root, name, names, migration);
  const declared = declarationOf(binding, migration);
  if (!declared) return unknown(path, whyOf(binding));
  if ('module' in declared) {
    const [first] = declared.names.length === 0 ? names : [];
    // A namespace of a module of the tree: what is read of it is an export of that.
    const own = first === undefined ? undefined : exported(declared.module, names, binding, migration);
    if (own && !('module' in own)) return readDeclared(path, own, own.names, migration, steps);
    return readOfPackage(path, declared, names, migration);
  }
  return readDeclared(path, declared, [...declared.names, ...names], migration, steps);
}

function whyOf(binding: Binding): Unknown {
  return binding.kind === 'param' || !binding.scope.path.isProgram() ? 'varies' : 'written';
}

function readGlobal(root: NodePath, name: string, names: readonly string[], migration: Migration): ReadValue {
  if (names.length === 0 && /^(undefined|NaN|Infinity)$/.test(name)) return { text: name };
  const isGlobal = name === 'globalThis' || name === 'global';
  const [owner, env, variable, ...rest] = isGlobal ? names : [name, ...names];
  if (owner !== 'process' || env !== 'env' || variable === undefined || rest.length > 0)
    return unknown(root, 'unread');
  return readEnvironment(root, variable, migration);
}

function readEnvironment(at: NodePath, variable: string, migration: Migration): ReadValue {
  return isAssigned(variable, at, migration) ? unknown(at, 'written') : { text: `process.env.${variable}` };
}

/** Where a name was given its only value, and what of that it is. */
interface Declared {
  /** Undefined for what is exported without a name. */
  binding: Binding | undefined;
  /** The whole value; undefined for functions and classes. */
  init: NodePath | undefined;
  names: readonly string[];
  /** What a pattern gives in place of nothing. */
  fallback?: NodePath;
}

/** A name that a package, or a module that cannot be read, exports. */
interface OfPackage {
  module: string;
  /** The names that are read of the module. */
  names: readonly string[];
  binding: Binding;
}

function declarationOf(binding: Binding, migration: Migration): Declared | OfPackage | undefined {
  const { path } = binding;
  if (!binding.constant || binding.kind === 'param') return undefined;
  if (path.parentPath?.isImportDeclaration()) return importedBinding(binding, migration);
  if (path.isFunctionDeclaration() || path.isClassDeclaration() || path.isTSEnumDeclaration())
    return { binding, init: undefined, names: [] };
  if (!path.isVariableDeclarator()) return undefined;
  const init = path.get('init') as NodePath;
  if (!init.node) return undefined;
  const names = namesOfPattern(path.get('id') as NodePath, binding);
  if (!names) return undefined;
  const required = requiredModule(init.node);
  if (required) {
    const all = [...(required.property === undefined ? [] : [required.property]), ...names.names];
    return exported(required.module.value, all, binding, migration);
  }
  return { binding, init, ...names };
}

/** Where a pattern takes a name from; undefined where that is not a path of names. */
function namesOfPattern(
  id: NodePath,
  binding: Binding,
): { names: string[]; fallback?: NodePath } | undefined {
  if (id.isIdentifier()) return id.node === binding.identifier ? { names: [] } : undefined;
  if (!id.isObjectPattern()) return undefined;
  for (const property of id.get('properties')) {
    if (!property.isObjectProperty()) continue;
    const name = keyName(property.node);
    const target = property.get('value') as NodePath;
    const isDefault = target.isAssignmentPattern();
    const found = namesOfPattern(isDefault ? (target.get('left') as NodePath) : target, binding);
    if (!found || name === undefined) continue;
    // A default within a default would have to be read along the way.
    if (isDefault && found.names.length > 0) return undefined;
    return {
      names: [name, ...found.names],
      ...(isDefault ? { fallback: target.get('right') as NodePath } : found.fallback && found),
    };
  }
  return undefined;
}

function importedBinding(binding: Binding, migration: Migration): Declared | OfPackage | undefined {
  const { path } = binding;
  const statement = path.parentPath;
  if (!statement?.isImportDeclaration()) return undefined;
  const module = statement.node.source.value;
  if (path.isImportNamespaceSpecifier()) return exported(module, [], binding, migration);
  const name = path.isImportSpecifier() ? writtenName(path.node.imported) : 'default';
  return name === undefined ? undefined : exported(module, [name], binding, migration);
}

/** What a module exports under the first of the names, and the names that are read of that. */
function exported(
  module: string,
  names: readonly string[],
  binding: Binding,
  migration: Migration,
  from: NodePath = binding.path,
): Declared | OfPackage | undefined {
  const program = programOfModule(module, from, migration);
  if (!program) {
    const target = migration.project?.resolve(fileOf(from, migration), module);
    const isInTree = module.startsWith('.') || (target !== undefined && !target.includes('/node_modules/'));
    return isInTree ? undefined : { module, names, binding };
  }
  const [name, ...rest] = names;
  if (name === undefined) return { module, names, binding };
  for (const source of exportsNamed(program, name)) {
    const behind = source.member === undefined ? rest : [source.member, ...rest];
    if ('module' in source) return exported(source.module, behind, binding, migration, program);
    return ofExport(source.value, behind, migration);
  }
  // `import config from './config.cjs'` is the whole of what that exports.
  return name === 'default' ? undefined : wholeOf(program, names, migration);
}

/** A member of what a module of CommonJS exports as a whole. */
function wholeOf(
  program: NodePath<t.Program>,
  names: readonly string[],
  migration: Migration,
): Declared | undefined {
  for (const source of exportsNamed(program, 'default'))
    if ('value' in source) return ofExport(source.value, names, migration);
  return undefined;
}

function ofExport(value: NodePath, names: readonly string[], migration: Migration): Declared | undefined {
  const plain = withoutTypes(value);
  if (!plain.isIdentifier()) return { binding: undefined, init: plain, names };
  const binding = plain.scope.getBinding(plain.node.name);
  const declared = binding && declarationOf(binding, migration);
  if (!declared || 'module' in declared) return undefined;
  return { ...declared, names: [...declared.names, ...names] };
}

function heldBy({ binding, init }: Declared): Held {
  return binding ? { binding, value: binding.path } : { value: init as NodePath };
}

function readOfPackage(
  at: NodePath,
  { module, names, binding }: OfPackage,
  more: readonly string[],
  migration: Migration,
): ReadValue {
  const path = [...names, ...more];
  if (/^(node:)?process$/.test(module)) {
    const [variable] = path.slice(path.indexOf('env') + 1);
    if (path.includes('env') && variable !== undefined) return readEnvironment(at, variable, migration);
  }
  const last = path.at(-1) ?? '';
  const isConstant = SETTINGS.test(module) || /^[A-Z][A-Z0-9_]*$/.test(last) || /^[A-Z]/.test(path[0] ?? '');
  if (!isConstant) return unknown(at, 'unread');
  return isWrittenPackage({ module, names, binding }, more, migration)
    ? unknown(at, 'written')
    : { text: `${module}#${path.join('.')}` };
}

function readDeclared(
  at: NodePath,
  declared: Declared,
  names: readonly string[],
  migration: Migration,
  steps: number,
): ReadValue {
  if (steps <= 0) return unknown(at, 'unread');
  const { binding, init, fallback } = declared;
  const value = init && withoutFreeze(init);
  const isWritten = () => mayBeWritten(heldBy(declared), names, migration);
  const isFrozen = value !== undefined && value !== withoutTypes(init as NodePath);
  const read = value && readMember(value, names, migration, steps - 1);
  if (read && 'text' in read) {
    if (fallback)
      return joined([read, readValue(fallback, migration, steps - 1)], (texts) => withDefault(texts));
    const isOwnText = names.length === 0 && !/^[[{]/.test(read.text);
    return isOwnText || isFrozen || !isWritten() ? read : unknown(at, 'written');
  }
  // What is evaluated once, when its module loads, is one value for all who read it.
  if (binding?.scope.path.isProgram() === false || fallback) return read ?? unknown(at, 'varies');
  if (read?.why === 'written' || (value && hasGetter(value, names[0], migration)))
    return read ?? unknown(at, 'unread');
  const from = init ?? binding?.path;
  if (!from || isWritten()) return unknown(at, 'written');
  const place = `${fileOf(from, migration)}#${from.node.start ?? 0}`;
  return { text: [place, ...names].join('.') };
}

/** A default of a pattern and `??` differ for `null` alone, which the environment does not hold. */
function withDefault(texts: string[]): string {
  const operator = texts[0]?.startsWith('process.env.') ? '??' : 'default';
  return `(${operator} ${texts.join(' ')})`;
}

function readMember(
  value: NodePath,
  names: readonly string[],
  migration: Migration,
  steps: number,
): ReadValue {
  const [name, ...rest] = names;
  if (name === undefined) return readValue(value, migration, steps);
  if (steps <= 0) return unknown(value, 'unread');
  const plain = withoutFreeze(value);
  if (plain.isIdentifier() || isMember(plain)) return readChain(plain, migration, steps, names);
  if (!plain.isObjectExpression()) return unknown(plain, 'unread');
  const properties = plain.get('properties');
  for (const property of [...properties].reverse()) {
    if (property.isSpreadElement()) {
      const inner = objectBehind(property.get('argument'), migration, steps - 1);
      if (!inner) return unknown(plain, 'unread');
      if (inner.node.properties.every((each) => keyName(each) !== name)) continue;
      return readMember(inner, names, migration, steps - 1);
    }
    if (keyName(property.node) !== name) continue;
    if (!property.isObjectProperty()) return unknown(property, 'identity');
    return readMember(property.get('value'), rest, migration, steps - 1);
  }
  return unknown(plain, 'unread');
}

/** Whether a member of a class of the tree is a getter, which may give another value each time. */
function hasGetter(value: NodePath, name: string | undefined, migration: Migration): boolean {
  if (name === undefined || !value.isNewExpression()) return false;
  const found = calledDefinition(value.get('callee') as NodePath, migration);
  if (found?.kind !== 'class') return false;
  return found.path.node.body.body.some(
    (member) => member.type === 'ClassMethod' && member.kind === 'get' && keyName(member) === name,
  );
}

/** `Number(x)`, `x.trim()`, and functions of the tree that do no more than read the environment. */
function callText(
  call: NodePath<t.CallExpression | t.NewExpression>,
  migration: Migration,
  steps: number,
): ReadValue {
  const callee = call.get('callee') as NodePath;
  const given = call.get('arguments') as NodePath[];
  if (given.some(({ node }) => node.type === 'SpreadElement')) return unknown(call, 'unread');
  const args = () => given.map((each) => readValue(each, migration, steps - 1));
  if (isPureGlobal(callee, call.isNewExpression()))
    return joined(args(), (texts) => `${wordsOf(callee.node)}(${texts.join(', ')})`);
  if (call.isNewExpression()) return unknown(call, 'identity');
  if (withoutFreeze(call) !== call) return readValue(withoutFreeze(call), migration, steps - 1);
  if (isMember(callee) && isTextMethod(propertyName(callee.node))) {
    const receiver = readValue(callee.get('object') as NodePath, migration, steps - 1);
    if ('text' in receiver && isText(receiver.text))
      return joined(args(), (texts) => `${receiver.text}.${propertyName(callee.node)}(${texts.join(', ')})`);
  }
  const setting = settingText(callee, migration);
  if (setting !== undefined && given.length === 1)
    return joined(args(), (texts) => `${setting}(${texts.join(', ')})`);
  const found = calledDefinition(callee, migration);
  if (found?.kind !== 'function' || !isPureFunction(found.path)) return unknown(call, 'unread');
  const place = `${fileOf(found.path, migration)}#${found.path.node.start ?? 0}`;
  return joined(args(), (texts) => `${place}(${texts.join(', ')})`);
}

/** `config.get` of a package for settings, which gives the same for the same name while nobody sets another. */
function settingText(callee: NodePath, migration: Migration): string | undefined {
  if (!isMember(callee) || propertyName(callee.node) !== 'get') return undefined;
  const object = withoutTypes(callee.get('object') as NodePath);
  const binding = object.isIdentifier() ? object.scope.getBinding(object.node.name) : undefined;
  const declared = binding && declarationOf(binding, migration);
  if (!declared || !('module' in declared) || declared.module !== 'config') return undefined;
  if (declared.names.length > 0 && declared.names[0] !== 'default') return undefined;
  return isWrittenPackage(declared, [], migration) ? undefined : `${declared.module}#get`;
}

/** Whether some file that takes a package for settings writes to what that gives. */
function isWrittenPackage(
  { module, binding }: OfPackage,
  names: readonly string[],
  migration: Migration,
): boolean {
  return (
    mayBeWritten({ binding, value: binding.path }, names, migration) ||
    packageMayBeWritten(module, names, migration)
  );
}

/** Whether what was read is a text for sure: others may have methods of the same names. */
function isText(text: string): boolean {
  return (
    /^("|process\.env\.|import\.meta\.env\.|String\(|\(text )/.test(text) ||
    /^\((\?\?|\|\|) (process\.env\.\w+|") /.test(text)
  );
}
