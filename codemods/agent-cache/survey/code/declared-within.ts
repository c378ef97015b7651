import type * as t from '@babel/types';
import { childrenOf } from '../../source/children.ts';

/** The names that are declared in the blocks and functions within a node, which hide those around it. */
export function declaredWithin(node: t.Node): Set<string> {
  const found = new Set<string>();
  const add = (target: t.Node | null | undefined) => {
    if (target?.type === 'Identifier') found.add(target.name);
    else if (target && /Pattern|^RestElement$|^ObjectProperty$/.test(target.type))
      childrenOf(target).forEach(add);
  };
  const visit = (inner: t.Node) => {
    if (
      inner.type === 'VariableDeclarator' ||
      inner.type === 'FunctionDeclaration' ||
      inner.type === 'ClassDeclaration'
    )
      add(inner.id);
    else if (inner.type === 'CatchClause') add(inner.param);
    if (/Function/.test(inner.type)) return;
    childrenOf(inner).forEach(visit);
  };
  // What a declaration itself gives a name to, the scope around it knows.
  const isDeclaration = /^(Variable|Function|Class)Declaration$/.test(node.type);
  if (!isDeclaration) childrenOf(node).forEach(visit);
  return found;
}
