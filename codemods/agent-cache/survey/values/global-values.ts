import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import type { Reading } from '../../migration.ts';
import { isMember, propertyName } from '../code/members.ts';
import { programOfFile } from '../code/opened-files.ts';
import { memberName } from '../code/member-name.ts';
import { withoutTypes, withTypes } from '../code/wrappers.ts';
import { takenIn } from './taken-from-modules.ts';

/** What all files have without loading it, and may put values into. */
type Holder = 'globalThis' | 'process';

/** What all files share without loading it: a member of the global object, or of the process. */
export interface Global {
  of: Holder;
  name: string;
}

const HOLDERS: Record<Holder, readonly string[]> = {
  globalThis: ['globalThis', 'global', 'window', 'self'],
  process: ['process'],
};
/** How a text looks that does more with the holder than to name members of it. */
const HANDS_ON: Record<Holder, RegExp> = {
  globalThis: /\b(?:globalThis|global|window|self)\b(?!\s*(?:\?\.|!?\.)\s*[A-Za-z_$])/,
  process: /\bprocess\b(?!\s*(?:\?\.|!?\.)\s*[A-Za-z_$])/,
};

/** Where the files of a tree speak of the holder of a global value, unless they name another member of it. */
export function holdersOfGlobal({ of, name }: Global, source: Reading): NodePath[] {
  return programsWith({ of, name }, source).flatMap((program) =>
    holdersIn(program, of).filter((holder) => {
      const { parentPath: member } = withTypes(holder);
      const property = isMember(member) ? memberName(member) : undefined;
      return property === undefined || property === name;
    }),
  );
}

/** Where they speak of a member of the global object as of a variable. */
export function variablesOfGlobal({ of, name }: Global, source: Reading): NodePath[] {
  if (of !== 'globalThis') return [];
  return programsWith({ of, name }, source).flatMap((program) =>
    keptWith(program, `variable ${name}`, () => freeIn(program, (each) => each === name)),
  );
}

function programsWith({ of, name }: Global, source: Reading): NodePath<t.Program>[] {
  const { project, path } = source;
  const word = name.replace(/^@@/, '');
  const files = new Set([path, ...(project?.filesMentioning(path, word) ?? [])]);
  for (const each of HOLDERS[of])
    for (const file of project?.filesMentioning(path, each) ?? []) files.add(file);
  return [...files].flatMap((file) => {
    const text = project?.read(file) ?? '';
    return (text.includes(word) || HANDS_ON[of].test(text) ? programOfFile(file, source) : undefined) ?? [];
  });
}

/** The expressions of a file that stand for the global object, or for the process. */
export function holdersIn(program: NodePath<t.Program>, of: Holder): readonly NodePath[] {
  return keptWith(program, `holders ${of}`, () => {
    const free = freeIn(program, (name) => HOLDERS[of].includes(name));
    return of === 'process'
      ? [...free, ...ofGlobalObject(program), ...loadedIn(program)]
      : free.flatMap((each) => withItself(each));
  });
}

/** `global.global` is the global object as well. */
function withItself(holder: NodePath): NodePath[] {
  const { parentPath: member } = withTypes(holder);
  const name =
    isMember(member) && member.node.object === withTypes(holder).node ? propertyName(member.node) : undefined;
  return member && HOLDERS.globalThis.includes(name ?? '') ? withItself(member) : [holder];
}

/** Names that no file declares. */
function freeIn(program: NodePath<t.Program>, isIt: (name: string) => boolean): NodePath[] {
  const found: NodePath[] = [];
  program.traverse({
    Identifier(path) {
      const { parentPath: parent, key, node } = path;
      const isKey = key === 'key' || (isMember(parent) && key === 'property' && !parent.node.computed);
      if (isIt(node.name) && !isKey && !path.scope.hasBinding(node.name, true)) found.push(path);
    },
  });
  return found;
}

function ofGlobalObject(program: NodePath<t.Program>): NodePath[] {
  return holdersIn(program, 'globalThis').flatMap((holder) => {
    const { parentPath: member } = withTypes(holder);
    return isMember(member) && propertyName(member.node) === 'process' ? member : [];
  });
}

/** `import process from 'node:process'`, `require('process')`, and the default of all that is imported. */
function loadedIn(program: NodePath<t.Program>): NodePath[] {
  return takenIn(program).flatMap(({ specifier, names: [name = 'default'], binding, at }) => {
    if (!/^(node:)?process$/.test(specifier) || name !== 'default') return [];
    return (binding ? binding.referencePaths : [at]).map((each) => {
      const { parentPath: member } = withTypes(each);
      return isMember(member) && propertyName(member.node) === 'default' ? member : each;
    });
  });
}

/** Whether an expression is a global value: `settings`, `globalThis.settings`, `process.settings`. */
export function isGlobal(expression: NodePath, { of, name }: Global): boolean {
  const path = withoutTypes(expression);
  if (!isMember(path)) return of === 'globalThis' && isFree(path, (each) => each === name);
  const object = withoutTypes(path.get('object') as NodePath);
  return isFree(object, (each) => HOLDERS[of].includes(each)) && memberName(path) === name;
}

function isFree(path: NodePath, isIt: (name: string) => boolean): boolean {
  return path.isIdentifier() && isIt(path.node.name) && !path.scope.hasBinding(path.node.name, true);
}
