import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import type { Held } from './exported-values.ts';
import { isCalm, isPureFunction, isPureGlobal, isTextMethod } from './pure-calls.ts';
import { calledDefinition } from '../code/definitions.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { returnedAtEnd } from '../code/returned-values.ts';
import { bindingOfFunction } from '../code/bindings.ts';

/**
 * What a function gives that takes nothing and does no more than to name parts of it, or to fail; undefined for any
 * other, and where something of what it gives does more than to read.
 */
export function plainResult(fn: FunctionPath, source: Source): NodePath | undefined {
  if (fn.node.async || fn.node.generator || fn.node.params.length > 0) return undefined;
  const result = returnedAtEnd(fn);
  if (!result || !onlyReads(result, source)) return undefined;
  const body = fn.get('body') as NodePath;
  const before = body.isBlockStatement() ? body.get('body').slice(0, -1) : [];
  return before.every((each) => isDeclaration(each, source) || isRefusal(each, fn)) ? result : undefined;
}

/** Constants of a function that only read. */
export function isDeclaration(statement: NodePath, source: Source): boolean {
  if (!statement.isVariableDeclaration({ kind: 'const' })) return false;
  return statement.get('declarations').every((each) => {
    const init = each.get('init') as NodePath;
    return Boolean(init.node) && onlyReads(init, source);
  });
}

/** `if (!url) throw new Error('…')` */
export function isRefusal(statement: NodePath, fn: FunctionPath): boolean {
  if (!statement.isIfStatement()) return false;
  let isIt = true;
  let gives = false;
  statement.traverse({
    enter(path) {
      if (path.isReturnStatement()) gives = true;
      if (!isCalm(path, fn)) isIt = false;
    },
  });
  return isIt && !gives;
}

/** Whether a function may refuse to give what it gives. */
export function refuses(fn: FunctionPath): boolean {
  let does = false;
  fn.traverse({
    Function: (inner) => inner.skip(),
    ThrowStatement(statement) {
      does = true;
      statement.stop();
    },
  });
  return does;
}

const READS =
  /^(\w+Literal|TemplateElement|Identifier|MetaProperty|(Optional)?MemberExpression|(Binary|Logical|Unary|Conditional|Array|Object|Parenthesized|TSAs|TSNonNull|TSSatisfies)Expression|ObjectProperty|ObjectPattern|SpreadElement|TS\w+)$/;

/** Whether an expression only reads: what it calls gives the same for the same, and does nothing. */
export function onlyReads(path: NodePath, source: Source): boolean {
  let isIt = true;
  const judge = (each: NodePath) => {
    if (isRead(each, source)) return;
    isIt = false;
    each.stop();
  };
  judge(path);
  if (isIt) path.traverse({ enter: judge });
  return isIt;
}

function isRead(path: NodePath, source: Source): boolean {
  if (!path.isCallExpression()) {
    const isDelete = path.isUnaryExpression({ operator: 'delete' });
    return READS.test(path.node.type) && !isDelete;
  }
  const callee = path.get('callee') as NodePath;
  if (isPureGlobal(callee, false) || (isMember(callee) && isTextMethod(propertyName(callee.node))))
    return true;
  if (isLoadOrOfObject(path.node)) return true;
  const found = calledDefinition(callee, source);
  return found?.kind === 'function' && isPureFunction(found.path);
}

/**
 * `require('./settings.json')`, `Object.freeze(settings)`, or any other function of `Object`: who reads the value asks of
 * its own whether one of these writes to it.
 */
function isLoadOrOfObject({ callee }: t.CallExpression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  const { object } = callee.type === 'MemberExpression' ? callee : {};
  return object?.type === 'Identifier' && object.name === 'Object';
}

/**
 * What may be asked for, where somebody may write to what a function gives; undefined where it has no name by which that
 * would be seen.
 */
export function heldResult(fn: FunctionPath): Held | undefined {
  const binding = bindingOfFunction(fn);
  if (binding) return { binding, value: binding.path };
  return fn.isFunctionExpression() || fn.isArrowFunctionExpression() || fn.isFunctionDeclaration()
    ? { value: fn }
    : undefined;
}
