import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { FunctionPath } from './placement.ts';

/** The statements that declare other signatures of a function, with an `export` in front of them. */
export function overloadsOf(fn: FunctionPath): NodePath<t.Statement>[] {
  if (!fn.isFunctionDeclaration()) return [];
  const name = fn.node.id?.name;
  const around = fn.getStatementParent();
  const statement = around?.parentPath?.isExportDeclaration() ? around.parentPath : around;
  const siblings = statement?.inList
    ? [...statement.getAllPrevSiblings(), ...statement.getAllNextSiblings()]
    : [];
  return siblings.filter((each): each is NodePath<t.Statement> => {
    const { node } = each;
    const declared =
      node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration'
        ? node.declaration
        : node;
    return declared?.type === 'TSDeclareFunction' && (declared.id?.name === name || !declared.id);
  });
}

/** Whether a reference is no more than the name of another signature. */
export function isOverload({ parentPath: parent, key }: NodePath): boolean {
  return parent?.isTSDeclareFunction() === true && key === 'id';
}
