import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Problem } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import type { PLACEMENT } from '../../reasons/table/placement.ts';

export type FunctionPath = NodePath<t.Function>;

/** The function that an expression runs in, or why no `await` can ever stand where it is. */
export type Placement = { fn: FunctionPath } | { problem: Problem };

/** Finds where an expression runs. */
export function placementOf(expression: NodePath): Placement {
  let path: NodePath = expression;
  for (let parent = path.parentPath; parent; path = parent, parent = path.parentPath) {
    if (path.listKey === 'decorators') return left('in-decorator');
    const isOfClass =
      parent.isStaticBlock() ||
      (isFieldValue(path, parent) && 'static' in parent.node && parent.node.static === true);
    if (isOfClass && !parent.getFunctionParent()) return left('kept-from-load');
    if (isFieldValue(path, parent)) return left('in-class-field');
    if (parent.isStaticBlock()) return left('in-static-block');
    if (parent.isFunction() && path.key !== 'key') return placementIn(path, parent);
  }
  return left(expression.parentPath?.isMemberExpression() ? 'used-at-load' : 'kept-from-load');
}

/** The problem of a place that runs once, when its module loads: no request waits for it, whatever it builds. */
export function problemAtLoad(placement: Placement): Problem | undefined {
  const problem = 'problem' in placement ? placement.problem : undefined;
  return problem?.id === 'kept-from-load' || problem?.id === 'used-at-load' ? problem : undefined;
}

function placementIn(path: NodePath, fn: FunctionPath): Placement {
  const { node } = fn;
  if (path.listKey === 'params') return left('in-default-parameter');
  if (node.generator && !node.async) return left('in-generator');
  if (node.type === 'ObjectMethod' || node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod') {
    if (node.kind === 'constructor') return left('in-constructor');
    if (node.kind === 'get' || node.kind === 'set') return left('in-accessor');
  }
  return { fn };
}

function isFieldValue(path: NodePath, parent: NodePath): boolean {
  const isField =
    parent.isClassProperty() || parent.isClassPrivateProperty() || parent.isClassAccessorProperty();
  return isField && path.key === 'value';
}

type PlacementReason = keyof typeof PLACEMENT;

function left(id: PlacementReason): Placement {
  return { problem: reason(id) };
}
