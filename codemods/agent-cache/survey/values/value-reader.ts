import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import {
  type Declared,
  declarationOf,
  exported,
  heldBy,
  type OfPackage,
  withoutFreeze,
} from './declared-values.ts';
import { enumMember } from './enum-member.ts';
import { heldResult, plainResult, refuses } from './function-results.ts';
import { hasGetter } from './getters.ts';
import { assignedText, objectText, propertyIn } from './object-text.ts';
import { readEnvironment, readOfPackage, settingText } from './package-values.ts';
import { type Memoised, memoisedResult } from './memoised-results.ts';
import { isPureFunction, isPureGlobal, isTextMethod } from './pure-calls.ts';
import {
  combined,
  isPresent,
  isText,
  joined,
  leafOf,
  listText,
  type ReadValue,
  templateText,
  type Unknown,
  unknown,
} from './value-text.ts';
import { keptMayBeWritten, mayBeWritten } from './written-values.ts';
import { CALLED } from './writes/way.ts';
import { calledDefinition } from '../code/definitions.ts';
import { isMember, propertyName } from '../code/members.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { requiredModule } from '../code/required-module.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes } from '../code/wrappers.ts';

/** How many names, members and files a value may lie behind. */
const MAX_STEPS = 20;

/** Reads what an expression comes to, through constants, imports, the environment and settings of the tree. */
export function readValue(expression: NodePath, source: Source, steps = MAX_STEPS): ReadValue {
  if (steps === 0) return unknown(expression, 'unread');
  const value = withoutTypes(expression);
  const next = (path: NodePath) => readValue(path, source, steps - 1);
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
      return objectText(value as NodePath<t.ObjectExpression>, next, source, steps);
    case 'Identifier':
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return readChain(value, source, steps);
    case 'CallExpression':
    case 'NewExpression':
      return callText(value as NodePath<t.CallExpression | t.NewExpression>, source, steps);
    default:
      return unknown(value, /Function|Class|RegExp/.test(node.type) ? 'identity' : 'unread');
  }
}

/** A name, and the members that are read of it. */
function readChain(path: NodePath, source: Source, steps: number, more: readonly string[] = []): ReadValue {
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
  const required = root.isCallExpression() ? requiredModule(root.node) : undefined;
  if (required)
    return readTaken(
      path,
      { module: required.module.value, names: [], from: root, binding: undefined },
      names,
      source,
      steps,
    );
  if (root.isCallExpression()) return readResult(root, names, source, steps);
  if (!root.isIdentifier())
    return root.isObjectExpression() && names.length > 0
      ? readMember(root, names, source, steps)
      : unknown(path, root.isThisExpression() ? 'varies' : 'unread');
  const { name } = root.node;
  const binding = root.scope.getBinding(name);
  if (!binding) return readGlobal(root, name, names, source);
  const declared = declarationOf(binding, source);
  if (!declared) return unknown(path, whyOf(binding));
  if ('module' in declared) return readTaken(path, declared, names, source, steps);
  return readDeclared(path, declared, [...declared.names, ...names], source, steps);
}

/** What a module gives: an export of one of the tree, or something of a package. */
function readTaken(
  path: NodePath,
  taken: OfPackage,
  names: readonly string[],
  source: Source,
  steps: number,
): ReadValue {
  const isWhole = taken.names.length === 0;
  if (isWhole && names.length === 0 && taken.binding?.path.isImportNamespaceSpecifier())
    return unknown(path, 'identity');
  // A namespace of a module of the tree: what is read of it is an export of that.
  const own = isWhole ? exported(taken, names.length === 0 ? ['default'] : names, source) : undefined;
  if (own && !('module' in own)) return readDeclared(path, own, own.names, source, steps);
  const isOfTree = isWhole && programOfModule(taken.module, taken.from, source) !== undefined;
  if (own ? own.names.length === 0 : isOfTree) return unknown(path, 'unread');
  return readOfPackage(path, own ?? taken, own ? [] : names, source);
}

/** What a function of the tree gives that takes nothing and only reads. */
function readResult(
  call: NodePath<t.CallExpression>,
  names: readonly string[],
  source: Source,
  steps: number,
): ReadValue {
  const found = calledDefinition(call.get('callee') as NodePath, source);
  if (found?.kind !== 'function' || call.node.arguments.length > 0 || steps <= 0)
    return unknown(call, 'unread');
  const memoised = memoisedResult(found.path, source);
  const plain = memoised ? undefined : plainResult(found.path, source);
  const read = memoised
    ? readMemoised(memoised, names, source, steps)
    : plain && readMember(plain, names, source, steps - 1);
  if (!read || 'unknown' in read) return read ?? unknown(call, 'unread');
  // One thing, of which nothing else is told.
  if (memoised && !memoised.kept) return read;
  const held = heldResult(found.path);
  const isOwn = plain?.isObjectExpression() === true && names.length < 2;
  const isSafe = held ? !mayBeWritten(held, [CALLED, ...names], source, leafOf(read.text)) : isOwn;
  if (!isSafe) return unknown(call, 'written');
  // Who asks by another way does not get its refusal.
  return refuses(found.path)
    ? { text: `${read.text} (checked by ${fileOf(found.path, source)}:${found.path.node.start ?? 0})` }
    : read;
}

/** What a function keeps from its first call on is one value for all who read it, whatever gave it. */
function readMemoised(
  { value, kept, isOnce, isPlain }: Memoised,
  names: readonly string[],
  source: Source,
  steps: number,
): ReadValue {
  const read = readMember(value, names, source, steps - 1);
  const leaf = 'text' in read ? leafOf(read.text) : 'unknown';
  // Of what a static keeps, nothing is told but that it is one.
  if (kept ? keptMayBeWritten(kept, names, source, leaf) : names.length > 0 || isPlain)
    return unknown(value, kept ? 'written' : 'unread');
  if (isPlain && 'text' in read) return read;
  // What an instance has may be set by its methods.
  const isMade = value.isCallExpression() || (value.isNewExpression() && names.length === 0);
  const isUntold = 'unknown' in read && (read.why === 'written' || !isMade);
  if (!isOnce || isUntold || hasGetter(value, names, source)) return unknown(value, 'unread');
  return { text: [`${fileOf(value, source)}#${value.node.start ?? 0}`, ...names].join('.') };
}

function whyOf(binding: Binding): Unknown {
  return binding.kind === 'param' || !binding.scope.path.isProgram() ? 'varies' : 'written';
}

function readGlobal(root: NodePath, name: string, names: readonly string[], source: Source): ReadValue {
  if (names.length === 0 && /^(undefined|NaN|Infinity)$/.test(name)) return { text: name };
  const isGlobal = name === 'globalThis' || name === 'global';
  const [owner, env, variable, ...rest] = isGlobal ? names : [name, ...names];
  if (owner !== 'process' || env !== 'env' || variable === undefined || rest.length > 0)
    return unknown(root, 'unread');
  return readEnvironment(root, variable, source);
}

function readDeclared(
  at: NodePath,
  declared: Declared,
  names: readonly string[],
  source: Source,
  steps: number,
): ReadValue {
  if (steps <= 0) return unknown(at, 'unread');
  const { binding, init, fallback } = declared;
  const holder = init ?? binding?.path;
  const member = holder && enumMember(holder, names);
  if (member) return { text: JSON.stringify(member.value) };
  const value = init && withoutFreeze(init);
  const read = value && readMember(value, names, source, steps - 1);
  const leaf = read && 'text' in read ? leafOf(read.text) : 'unknown';
  const isFrozen = value !== undefined && value !== withoutTypes(init as NodePath);
  const isWritten = () => mayBeWritten(heldBy(declared), names, source, leaf, isFrozen ? 1 : 0);
  if (read && 'text' in read) {
    // A member of what is there: the default of the whole was not taken.
    if (fallback && names.length === declared.names.length)
      return joined([read, readValue(fallback, source, steps - 1)], (texts) => withDefault(texts));
    const isOwnText = names.length === 0 && !declared.isProperty && !/^[[{]/.test(read.text);
    return isOwnText || !isWritten() ? read : unknown(at, 'written');
  }
  // What is evaluated once, when its module loads, is one value for all who read it.
  if (binding?.scope.path.isProgram() === false || fallback) return read ?? unknown(at, 'varies');
  if (read?.why === 'written' || (holder && hasGetter(holder, names, source)))
    return read ?? unknown(at, 'unread');
  const from = init ?? binding?.path;
  if (!from || isWritten()) return unknown(at, 'written');
  const place = `${fileOf(from, source)}#${from.node.start ?? 0}`;
  return { text: [place, ...names].join('.') };
}

/** A default of a pattern and `??` differ for `null` alone, which the environment does not hold. */
function withDefault(texts: string[]): string {
  const [value = ''] = texts;
  if (isPresent(value)) return value;
  const operator = value.startsWith('process.env.') ? '??' : 'default';
  return `(${operator} ${texts.join(' ')})`;
}

function readMember(value: NodePath, names: readonly string[], source: Source, steps: number): ReadValue {
  const [name, ...rest] = names;
  if (name === undefined) return readValue(value, source, steps);
  if (steps <= 0) return unknown(value, 'unread');
  const plain = withoutFreeze(value);
  if (plain.isIdentifier() || isMember(plain) || plain.isCallExpression())
    return readChain(plain, source, steps, names);
  if (!plain.isObjectExpression()) return unknown(plain, 'unread');
  const property = propertyIn(plain, name, source, steps);
  if (!property || property === 'none') return unknown(plain, 'unread');
  if (!property.isObjectProperty()) return unknown(property, 'identity');
  return readMember(property.get('value') as NodePath, rest, source, steps - 1);
}

/** `Number(x)`, `x.trim()`, and functions of the tree that do no more than read the environment. */
function callText(
  call: NodePath<t.CallExpression | t.NewExpression>,
  source: Source,
  steps: number,
): ReadValue {
  const callee = call.get('callee') as NodePath;
  const given = call.get('arguments') as NodePath[];
  if (given.some(({ node }) => node.type === 'SpreadElement')) return unknown(call, 'unread');
  const next = (each: NodePath) => readValue(each, source, steps - 1);
  const args = () => given.map(next);
  if (isPureGlobal(callee, call.isNewExpression()))
    return joined(args(), (texts) => `${wordsOf(callee.node)}(${texts.join(', ')})`);
  if (call.isNewExpression()) return unknown(call, 'identity');
  const isAssign = wordsOf(callee.node) === 'Object.assign' && !callee.scope.hasBinding('Object', true);
  const assigned = isAssign ? assignedText(given, next, source, steps) : undefined;
  if (assigned) return assigned;
  if (requiredModule(call.node)) return readChain(call, source, steps - 1);
  if (withoutFreeze(call) !== call) return readValue(withoutFreeze(call), source, steps - 1);
  if (isMember(callee) && isTextMethod(propertyName(callee.node))) {
    const receiver = readValue(callee.get('object') as NodePath, source, steps - 1);
    if ('text' in receiver && isText(receiver.text))
      return joined(args(), (texts) => `${receiver.text}.${propertyName(callee.node)}(${texts.join(', ')})`);
  }
  const setting = settingText(callee, source);
  if (setting !== undefined && given.length === 1)
    return joined(args(), (texts) => `${setting}(${texts.join(', ')})`);
  // What takes nothing is what it gives.
  const read = call.isCallExpression() && given.length === 0 ? readChain(call, source, steps - 1) : undefined;
  if (read && 'text' in read) return read;
  const found = calledDefinition(callee, source);
  if (found?.kind !== 'function' || !isPureFunction(found.path)) return unknown(call, 'unread');
  const place = `${fileOf(found.path, source)}#${found.path.node.start ?? 0}`;
  return joined(args(), (texts) => `${place}(${texts.join(', ')})`);
}
