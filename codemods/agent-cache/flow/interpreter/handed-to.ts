import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { exportedNameAt } from '../../survey/code/exports.ts';
import { isMember } from '../../survey/code/members.ts';
import { isSameNode, programsReaching } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { calledNameOf } from '../../survey/functions/calls-by-name.ts';

/** Where a name stands for no value that others could call. */
const NO_VALUE = /^(Import|Export|TS|Unary|Binary|If)|Specifier$/;

/** The calls that are given a function by its name; undefined for any other use than a call: a list, an object, a name. */
export function handedTo(fn: FunctionPath, source: Reading): (NodePath<t.CallExpression> | undefined)[] {
  const name = calledNameOf(fn);
  const found: (NodePath<t.CallExpression> | undefined)[] = [];
  if (name === undefined || name === 'default') return found;
  for (const program of programsReaching(fn, name, source))
    program.traverse({
      Identifier(path) {
        if (path.node.name !== name || path.key === 'id' || path.listKey === 'params') return;
        const isProperty = isMember(path.parentPath) && path.key === 'property';
        if (path.key === 'key') return;
        const value = outermostSame(isProperty ? (path.parentPath as NodePath) : path);
        const { parentPath: parent, key, listKey } = value;
        if (!parent || key === 'callee' || NO_VALUE.test(parent.type)) return;
        if (exportedNameAt(value) !== undefined) return;
        const is = calledDefinition(value, source);
        if (!is || !isSameNode(is.path, fn, source)) return;
        found.push(listKey === 'arguments' && parent.isCallExpression() ? parent : undefined);
      },
    });
  return found;
}
