import path from 'node:path';
import type { Binding, NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { bindingNamed } from '../code/bindings.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { fileOf } from '../code/opened-files.ts';
import type { Held } from './exported-values.ts';
import { settersOf } from './writes/setters-of.ts';
import { type Change, Writes } from './writes/walk.ts';
import type { Leaf, Way } from './writes/way.ts';

/**
 * Whether some code writes to a value, at or around the members `names` of it: in its own file, or in one that gets at
 * what that exports. It does so, too, where what becomes of the value cannot be told; of what no more is known than that
 * it is there (`leaf`), only what is seen counts. A value whose first `free` members are its own, though what they hold
 * is not, may be given others.
 */
export function mayBeWritten(
  held: Held,
  names: readonly string[],
  source: Reading,
  leaf: Leaf = 'unknown',
  free = 0,
): boolean {
  const { project } = source;
  const find = () => new Writes(leaf, source).of(held, { names, free });
  if (!project) return find();
  const place = `${path.resolve(fileOf(held.value, source))}#${held.value.node.start ?? 0}`;
  const key = [place, held.binding?.identifier.name ?? '', leaf, free, ...names].join('\n');
  return written.of(project, key, find);
}

/** The same of a variable of a module that is given its value by one function, which gives that to all. */
export function keptMayBeWritten(
  kept: Binding,
  names: readonly string[],
  source: Reading,
  leaf: Leaf = 'unknown',
): boolean {
  return new Writes(leaf, source).ofKept(kept, { names, free: 0 });
}

/**
 * Whether a local object is changed behind a place that is given it, or where it cannot be told when: what stands before
 * the place in its function has been done then.
 */
export function isChangedBehind(
  place: NodePath,
  local: Binding,
  way: Way,
  source: Reading,
  leaf: Leaf = 'unknown',
): boolean {
  return new Writes(leaf, source, { place }).ofLocal(local, way);
}

/**
 * Whether some code writes to a variable of the environment, from an expression on that leads to it by `names`. What does
 * so while files load counts only where it says the variable's name.
 */
export function writesToEnvironment(at: NodePath, names: readonly string[], source: Reading): boolean {
  return new Writes('text', source, { isAtLoad: true }).ofMade({ value: at }, { names, free: 0 });
}

/**
 * The changes of a member of what is made at a place, an object that is written out, an instance or a class: of the member
 * itself, and by the setters that write to it.
 */
export function changesOf(made: NodePath, name: string, source: Reading): readonly Change[] {
  const changes: Change[] = [];
  const binding = made.isClassDeclaration() ? bindingNamed(made.node.id, made.scope) : undefined;
  const held = { value: made, ...(binding && { binding }) };
  for (const each of [name, ...settersOf(made, name, source)])
    new Writes('text', source, { changes }).ofMade(held, { names: [each], free: 0 });
  return changes;
}

const written = new OncePerProject<boolean>();

/** Whether some file of the tree writes to what a package gives, at or around the members `names` of it. */
export function packageMayBeWritten(module: string, names: readonly string[], source: Reading): boolean {
  const { project } = source;
  const find = () => new Writes('unknown', source).ofPackage(module, { names, free: 0 });
  if (!project) return find();
  const root = project.packageRootOf(source.path) ?? '';
  return written.of(project, ['package', root, module, ...names].join('\n'), find);
}

/** Whether the file in which a module is loaded and read at once writes to what it loads of that. */
export function mayBeWrittenIn(
  from: NodePath,
  module: string,
  names: readonly string[],
  source: Reading,
): boolean {
  return new Writes('unknown', source).ofLoads(from, module, { names, free: 0 });
}
