import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Problem } from '../../migration.ts';

export type FunctionPath = NodePath<t.Function>;

/** The function that an expression runs in, or why no `await` can ever stand where it is. */
export type Placement = { fn: FunctionPath } | { problem: Problem };

/** Finds where an expression runs. */
export function placementOf(expression: NodePath): Placement {
  let path: NodePath = expression;
  for (let parent = path.parentPath; parent; path = parent, parent = path.parentPath) {
    if (path.listKey === 'decorators') return leave('in a decorator', 'where it is used');
    if (isFieldValue(path, parent)) return leave('in a class field', 'in the methods that use it');
    if (parent.isStaticBlock()) return leave('in a static block', 'in the methods that use it');
    if (parent.isFunction() && path.key !== 'key') return placementIn(path, parent);
  }
  return { problem: expression.parentPath?.isMemberExpression() ? USED_AT_LOAD : KEPT_FROM_LOAD };
}

const KEPT_FROM_LOAD: Problem = {
  reason: 'The agent is built when the module loads and is kept for the whole process.',
  hint: 'Await the cached agent inside the functions that use it.',
};

const USED_AT_LOAD: Problem = {
  reason: 'The agent is built and used when the module loads, once, where no request waits for it.',
  hint: 'Await the cached agent there by hand, if the module loads beside others that use it.',
};

function placementIn(path: NodePath, fn: FunctionPath): Placement {
  const { node } = fn;
  if (path.listKey === 'params')
    return leave('in a default parameter', 'in the body, when the argument is missing');
  if (node.generator && node.async)
    return {
      problem: {
        reason: 'The agent is built in an async generator, and whoever reads it decides when that is.',
        hint: 'Await the cached agent before it, and pass it in.',
      },
    };
  if (node.generator) return leave('in a generator', 'before it, and pass it in');
  if (node.type === 'ObjectMethod' || node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod') {
    if (node.kind === 'constructor') return leave('in a constructor', 'in the methods that use it');
    if (node.kind === 'get' || node.kind === 'set')
      return leave('in an accessor', 'in an async method instead');
  }
  return { fn };
}

function isFieldValue(path: NodePath, parent: NodePath): boolean {
  const isField =
    parent.isClassProperty() || parent.isClassPrivateProperty() || parent.isClassAccessorProperty();
  return isField && path.key === 'value';
}

function leave(where: string, instead: string): Placement {
  return {
    problem: {
      reason: `The agent is built ${where}, which cannot await.`,
      hint: `Await the cached agent ${instead}.`,
    },
  };
}
