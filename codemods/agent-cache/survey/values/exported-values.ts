import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import { commonJsTarget, exportedNameAt } from '../code/exports.ts';
import { isMember } from '../code/members.ts';
import { outermostSame } from '../code/wrappers.ts';

/** A value that other code may write to: what a name holds, or what a file exports without giving it a name. */
export interface Held {
  binding?: Binding;
  /** Where the value stands: its declaration, or the expression that is exported. */
  value: NodePath;
}

/** The paths under which a file exports a value, and the expressions that it does so with. */
export function exportedAs({ binding, value }: Held): { path: string[]; values: NodePath[] } {
  const values = [...(binding?.referencePaths ?? []), ...(binding ? [] : [value])].map(outermostSame);
  // Not what stands somewhere in what is exported: the variables of an exported function are its own.
  const declared = binding?.path.find((each) => each.isExportDeclaration() && each.scope === binding.scope);
  const own = declared?.isExportDefaultDeclaration()
    ? ['default']
    : declared
      ? [binding?.identifier.name ?? '']
      : [];
  const found = values.flatMap((each) => exportedNameAt(each) ?? []);
  return {
    path: [...new Set([...own, ...found])],
    values: values.filter((each) => exportedNameAt(each) !== undefined),
  };
}

/** Where a file of CommonJS speaks of what it exports: `exports`, and `module.exports`. */
export function ownExportsIn(program: NodePath<t.Program>): NodePath[] {
  return keptWith(program, 'exports spoken of', () => {
    const found: NodePath[] = [];
    program.traverse({
      Identifier(name) {
        const { parentPath: parent, key } = name;
        if ((isMember(parent) && key === 'property') || key === 'key') return;
        if (name.scope.hasBinding(name.node.name, true)) return;
        if (name.node.name === 'exports') found.push(name);
        else if (name.node.name === 'module' && commonJsTarget(parent.node) === '') found.push(parent);
      },
    });
    return found;
  });
}

/** Whether an export is given one of the values there: `exports.token = token`. */
export function isGiven(at: NodePath, values: ReadonlySet<t.Node>): boolean {
  let outer = at;
  while (isMember(outer.parentPath) && outer.key === 'object') outer = outer.parentPath;
  const { parentPath: assignment } = outer;
  return (
    assignment?.isAssignmentExpression({ operator: '=' }) === true &&
    outer.key === 'left' &&
    values.has(assignment.node.right)
  );
}
