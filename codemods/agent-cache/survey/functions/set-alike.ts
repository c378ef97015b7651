import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { programAround } from '../code/program-around.ts';
import { keptOf } from '../../source/kept-with.ts';
import { partOf } from '../code/aliases.ts';
import { calledDefinition } from '../code/definitions.ts';
import { loadedName } from '../code/loaded-name.ts';
import { isMember, type Member, propertyName } from '../code/members.ts';
import { isSameNode } from '../code/opened-files.ts';
import { stateOfClass, usesOf } from '../code/shared-state.ts';
import { operandsOf } from '../code/operands.ts';
import { withoutTypes, withTypes } from '../code/wrappers.ts';
import { isKeyedMemo, missingIn } from './keyed-memo.ts';
import type { ReachedUse } from './reached-use.ts';
import { keptState } from './state-origin.ts';
import { writesOf } from './state-writes.ts';
import { bindingOf } from '../code/bindings.ts';
import { returnedValues } from '../code/returned-values.ts';
import type { FunctionPath } from '../code/placement.ts';

/** How many names and calls a value may be away. */
const MAX_STEPS = 5;

/** Functions of the language that give the same for the same arguments, whoever's request it is. */
const PURE =
  /^(fetch|String|Number|Boolean|BigInt|parseInt|parseFloat|JSON\.(parse|stringify)|Object\.(freeze|keys|values|entries|fromEntries|assign)|Array\.(from|of|isArray)|Math\.(?!random)\w+|Buffer\.from)$/;

/** Node's modules by which settings are read. */
const READS_SETTINGS = /^(node:)?(fs|path|os|url)(\/promises)?$/;

/**
 * Whether it does not matter which request does a write: the value is set once for all of them (`limits ??= …`), or
 * each sets the same.
 */
export function isSetAlike(write: ReachedUse, source: Source): boolean {
  const { at, root, parts } = write;
  // Each read of a handler asks it of each write before.
  const name = ['set alike', root, ...parts].join(' ');
  return keptOf(programAround(at), name, at.node, () => findSetAlike(write, source));
}

function findSetAlike(write: ReachedUse, source: Source): boolean {
  const all = writesBeside(write);
  if (all.every(isMemo)) return writesOf(write, source).every(isMemo);
  const value = all.length <= 1 ? assignedAt(write.at) : undefined;
  if (value?.operator !== '=' || !isSameForAll(value.right, source, MAX_STEPS)) return false;
  return writesOf(write, source).every((at) => isSameNode(at, write.at, source));
}

/** The writes of the same in functions of the file or of the class. */
function writesBeside({ at, binding, parts }: ReachedUse): NodePath[] {
  const name = parts.at(-1);
  const named = [...(binding ? usesOf(binding) : []), ...stateOfClass(at)]
    .filter((each) => each.isWrite && (name === undefined || each.state.split('.').at(-1) === name))
    .map((each) => each.at);
  const all = [at, ...named, ...(binding && parts.length === 0 ? binding.constantViolations : [])];
  const inFunctions = all.filter((each) => each.getFunctionParent());
  return [...new Map(inFunctions.map((each) => [assignmentAt(each)?.node ?? each.node, each])).values()];
}

function assignmentAt(at: NodePath): NodePath<t.AssignmentExpression> | undefined {
  if (at.isAssignmentExpression()) return at;
  const target = withTypes(at);
  const { parentPath: parent, key } = target;
  return parent?.isAssignmentExpression() && key === 'left' ? parent : undefined;
}

function assignedAt(at: NodePath): { operator: string; right: NodePath } | undefined {
  const assignment = assignmentAt(at);
  return assignment && { operator: assignment.node.operator, right: assignment.get('right') };
}

/** `limits ??= …`, `if (!limits) limits = …`, `if (!limits.has(id)) limits.set(id, …)` */
function isMemo(at: NodePath): boolean {
  const assignment = assignmentAt(at);
  if (!assignment) return isKeyedMemo(at);
  if (/^(\?\?|\|\|)=$/.test(assignment.node.operator)) return true;
  const target = partOf(assignment.get('left') as NodePath);
  const branch = assignment.findParent((each) => each.isIfStatement() || each.isFunction());
  if (!target || !branch?.isIfStatement()) return false;
  if (!assignment.isDescendant(branch.get('consequent'))) return false;
  const tested = missingIn(branch.get('test'));
  const found = tested && partOf(tested);
  return found?.state === target.state && found.binding === target.binding;
}

/** Whether an expression gives the same whichever request it is evaluated for. */
function isSameForAll(expression: NodePath, source: Source, steps: number): boolean {
  if (steps === 0) return false;
  const value = withoutTypes(expression);
  const all = (paths: readonly NodePath[]) => paths.every((each) => isSameForAll(each, source, steps));
  if (value.isAwaitExpression()) return all([value.get('argument')]);
  if (value.isIdentifier()) return isSameName(value, source, steps);
  if (isMember(value)) return isSameMember(value, source, steps);
  if (value.isCallExpression()) return isSameCall(value, source, steps);
  const operands = operandsOf(value);
  return operands !== undefined && all(operands);
}

/** A part of what is the same, that no function sets, by a name that is the same as well. */
function isSameMember(member: Member, source: Source, steps: number): boolean {
  const property = member.get('property') as NodePath;
  if (member.node.computed && !isSameForAll(property, source, steps)) return false;
  const object = member.get('object') as NodePath;
  return isSameForAll(object, source, steps) && !isSetInFunctions(member, source);
}

/** Whether a function sets what a name or a member of one stands for; each might do it for its own request. */
function isSetInFunctions(value: NodePath, source: Source): boolean {
  const origin = partOf(value);
  if (!origin?.binding) return false;
  const [, ...parts] = origin.state.split('.');
  const kept = keptState(origin.binding, parts, source);
  return kept.parts.length > 0 && writesOf(kept, source).length > 0;
}

function isSameName(name: NodePath<t.Identifier>, source: Source, steps: number): boolean {
  const binding = bindingOf(name);
  if (!binding) return /^(process|undefined|NaN|Infinity)$/.test(name.node.name);
  const { path } = binding;
  if (!binding.constant || binding.kind === 'param') return false;
  if (path.isFunctionDeclaration()) return true;
  if (binding.kind === 'module') return isSameImported(binding, source);
  if (!path.isVariableDeclarator() || !path.node.init) return false;
  // What a module keeps from its start is of no request.
  return path.scope.path.isProgram() || isSameForAll(path.get('init') as NodePath, source, steps - 1);
}

/** A variable of another module that functions set is as little the same as one of this file. */
function isSameImported(binding: Binding, source: Source): boolean {
  const kept = keptState(binding, [], source);
  return kept.binding?.constant !== false || writesOf(kept, source).length === 0;
}

function isSameCall(call: NodePath<t.CallExpression>, source: Source, steps: number): boolean {
  if (!call.get('arguments').every((each) => isSameForAll(each, source, steps))) return false;
  const callee = call.get('callee') as NodePath;
  const called = calledDefinition(callee, source);
  if (called?.kind === 'function') return isSameResult(called.path, source, steps);
  const { node } = callee;
  const object = isMember(callee) ? (callee.get('object') as NodePath) : undefined;
  if (object && node.type === 'MemberExpression' && isSettings(object)) return true;
  if (object && isOwnResult(object) && isSameForAll(object, source, steps)) return true;
  const global = node.type === 'MemberExpression' && node.object.type === 'Identifier' ? node.object : node;
  if (global.type !== 'Identifier') return false;
  if (callee.scope.hasBinding(global.name, true)) return isSettings(callee);
  return PURE.test(
    global === node ? global.name : `${global.name}.${propertyName(node as t.MemberExpression)}`,
  );
}

/** What the code itself got by a call: no import, which could be of something that knows the request. */
function isOwnResult(object: NodePath): boolean {
  const value = withoutTypes(object);
  if (value.isCallExpression() || value.isAwaitExpression()) return true;
  const path = bindingOf(value)?.path;
  return path?.isVariableDeclarator() === true && !path.scope.path.isProgram();
}

function isSameResult(fn: FunctionPath, source: Source, steps: number): boolean {
  return returnedValues(fn).every((value) => isSameForAll(value, source, steps - 1));
}

/** A function of a module of Node that reads what all requests read alike. */
function isSettings(callee: NodePath): boolean {
  const path = bindingOf(callee)?.path;
  const statement = path?.parentPath;
  if (statement?.isImportDeclaration()) return READS_SETTINGS.test(statement.node.source.value);
  const init = path?.isVariableDeclarator() ? path.node.init : undefined;
  return READS_SETTINGS.test((init && loadedName(init)?.specifier) ?? '');
}
