import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import { writtenName } from '../code/written-name.ts';
import { programAround } from '../code/program-around.ts';
import { bindingOf } from '../code/bindings.ts';

/** Something that a file takes from a module, by an import or where it loads it. */
export interface Taken {
  specifier: string;
  /** The names that are taken of the module: none for the whole of it. */
  names: readonly string[];
  /** The name that it has in the file; what is loaded has none yet. */
  binding?: Binding;
  at: NodePath;
}

/** What an expression takes from a module: the name of an import, or what is loaded there. */
export function takenAs(value: NodePath): Taken | undefined {
  const program = programAround(value);
  const binding = bindingOf(value);
  const init = binding?.path.isVariableDeclarator() ? (binding.path.get('init') as NodePath) : value;
  return takenIn(program).find(({ binding: other, at }) =>
    other ? other === binding : at.node === init.node,
  );
}

/** All that a file takes from modules. */
export function takenIn(program: NodePath<t.Program>): Taken[] {
  return keptWith(program, 'taken from modules', () => {
    const found: Taken[] = [];
    for (const binding of Object.values(program.scope.bindings)) {
      const { path: at } = binding;
      const statement = at.parentPath;
      if (!statement?.isImportDeclaration() || statement.node.importKind === 'type') continue;
      const name = at.isImportSpecifier() ? writtenName(at.node.imported) : 'default';
      const names = at.isImportNamespaceSpecifier() || name === undefined ? [] : [name];
      found.push({ specifier: statement.node.source.value, names, binding, at });
    }
    program.traverse({
      CallExpression(call) {
        const { callee, arguments: given } = call.node;
        const isLoad =
          callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
        const [module] = given;
        if (!isLoad || module?.type !== 'StringLiteral') return;
        const at = call.parentPath.isAwaitExpression() ? call.parentPath : call;
        found.push({ specifier: module.value, names: [], at });
      },
    });
    return found;
  });
}
