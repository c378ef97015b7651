import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import type { Reading } from '../../migration.ts';
import { isMember, propertyName } from '../code/members.ts';
import { programOfFile } from '../code/opened-files.ts';

/** What all files share without loading it: a member of the global object, or of the process. */
export interface Global {
  of: 'globalThis' | 'process';
  name: string;
}

/** Where the files of a tree that can be read speak of a global value by its name. */
export function mentionsOfGlobal({ of, name }: Global, source: Reading): NodePath[] {
  const { project, path } = source;
  const files = new Set([path, ...(project?.filesMentioning(path, name) ?? [])]);
  return [...files].flatMap((file) => {
    const program = project?.read(file)?.includes(name) ? programOfFile(file, source) : undefined;
    return program ? mentionsIn(program, of, name) : [];
  });
}

function mentionsIn(program: NodePath<t.Program>, of: Global['of'], name: string): NodePath[] {
  return keptWith(program, `mentions of ${of}.${name}`, () => {
    const found: NodePath[] = [];
    program.traverse({
      Identifier(path) {
        const { parentPath: parent } = path;
        if (isMember(parent) && path.key === 'object' && isGlobal(parent, { of, name })) found.push(parent);
        else if (isGlobal(path, { of, name })) found.push(path);
      },
    });
    return found;
  });
}

/** Whether an expression is a global value: `settings`, `globalThis.settings`, `process.settings`. */
export function isGlobal(expression: NodePath, { of, name }: Global): boolean {
  if (isMember(expression)) {
    const object = expression.get('object') as NodePath;
    const isHolder =
      nameOfFree(object) === of || (of === 'globalThis' && /^(global|window|self)$/.test(nameOfFree(object)));
    return isHolder && propertyName(expression.node) === name;
  }
  const { parentPath: parent, key } = expression;
  const isKey = key === 'key' || (isMember(parent) && key === 'property' && !parent.node.computed);
  return of === 'globalThis' && !isKey && nameOfFree(expression) === name;
}

/** The name of a variable that no file declares; empty for anything else. */
function nameOfFree(path: NodePath): string {
  return path.isIdentifier() && !path.scope.hasBinding(path.node.name, true) ? path.node.name : '';
}
