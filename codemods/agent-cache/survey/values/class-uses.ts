import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { escapeRegExp } from '../../source/escape-reg-exp.ts';
import type { Reading } from '../../migration.ts';
import { bindingNamed, bindingOf } from '../code/bindings.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { fileOf, programsReaching } from '../code/opened-files.ts';
import { outermostSame } from '../code/wrappers.ts';
import { exportedAs, type Held } from './exported-values.ts';
import { takenIn } from './taken-from-modules.ts';
import { nameInTexts, partsTaken } from './writes/part-taken.ts';

/** All expressions of the tree that are a class of it: by its name, by what others take it as, and by constants. */
export function usesOfClass(made: NodePath<t.Class>, source: Reading): NodePath[] {
  const binding = bindingOfClass(made);
  const held: Held = { value: binding ? binding.path : made, ...(binding && { binding }) };
  // An exported declaration counts as a reference of its own.
  const own = binding ? binding.referencePaths.filter((each) => !each.isExportDeclaration()) : [made];
  const uses = [...own, ...exportedAs(held).path.flatMap((each) => usesElsewhere(made, each, source))];
  return uses.flatMap((each) => withAliases(outermostSame(each)));
}

function bindingOfClass({ node, parent, scope, parentPath }: NodePath<t.Class>) {
  if (node.type === 'ClassDeclaration') return bindingNamed(node.id, parentPath?.scope ?? scope);
  return parent.type === 'VariableDeclarator' ? bindingNamed(parent.id, scope) : undefined;
}

/** What is a class by the name of a constant, too: `const Client = Own`. */
function withAliases(use: NodePath): NodePath[] {
  const { parentPath: parent, key } = use;
  const alias = parent?.isVariableDeclarator() && key === 'init' ? parent.get('id') : undefined;
  const named = alias?.isIdentifier() ? bindingOf(alias) : undefined;
  if (!named?.constant) return [use];
  return named.referencePaths.flatMap((each) => withAliases(outermostSame(each)));
}

function usesElsewhere(made: NodePath, exported: string, source: Reading): NodePath[] {
  const own = fileOf(made, source);
  const names = exported === '' ? [] : exported.split('.');
  const found: NodePath[] = [];
  const name = nameInTexts(own, names, source);
  // What takes all of a module may read it by any name.
  const text = name === undefined ? undefined : new RegExp(`${escapeRegExp(name)}|\\*\\s*as\\b|\\]\\s*\\(`);
  for (const program of programsReaching(made, text, source)) {
    if (program.node === made.scope.getProgramParent().block) continue;
    for (const taken of takenIn(program)) {
      for (const { inside, beyond } of partsTaken(taken, names, own, source))
        if (beyond.length === 0) found.push(...partsOf(taken.binding?.referencePaths ?? [taken.at], inside));
    }
  }
  return found;
}

/** The parts of some values by a path: `sdk.Own`, what a pattern takes, and what may be it by a name that only a run tells. */
function partsOf(values: readonly NodePath[], [name, ...rest]: readonly string[]): NodePath[] {
  if (name === undefined) return [...values];
  const parts = values.flatMap((each): readonly NodePath[] => {
    const value = outermostSame(each);
    const { parentPath: parent, key } = value;
    if (isMember(parent) && key === 'object')
      return [name, undefined].includes(propertyName(parent.node)) ? [parent] : [];
    if (!parent?.isVariableDeclarator() || key !== 'init') return [];
    const { id } = parent.node;
    if (id.type === 'Identifier')
      return partsOf(bindingNamed(id, parent.scope)?.referencePaths ?? [], [name]);
    return id.type === 'ObjectPattern' ? takenBy(id, name, parent) : [];
  });
  return partsOf(parts, rest);
}

function takenBy({ properties }: t.ObjectPattern, name: string, { scope }: NodePath): readonly NodePath[] {
  return properties.flatMap((each) =>
    each.type === 'ObjectProperty' && keyName(each) === name
      ? (bindingNamed(each.value, scope)?.referencePaths ?? [])
      : [],
  );
}
