import path from 'node:path';
import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { bindingNamed } from '../code/bindings.ts';
import { definitionOf } from '../code/definitions.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { fileOf } from '../code/opened-files.ts';
import { isMember } from '../code/members.ts';
import { withTypes } from '../code/wrappers.ts';
import { type Global, holdersOfGlobal, isGlobal, variablesOfGlobal } from './global-values.ts';
import type { Held } from './exported-values.ts';
import { isArgument } from './writes/call-uses.ts';
import { settersOf } from './writes/setters-of.ts';
import { type Change, Writes } from './writes/walk.ts';
export type { Change } from './writes/walk.ts';
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
 * The changes of what is made at a place, an object that is written out, an instance, a class or what a file exports,
 * under some names of it: of the member itself, and by the setters that write to it.
 */
export function changesOf(made: NodePath, names: readonly string[], source: Reading): readonly Change[] {
  const changes: Change[] = [];
  const { id } = made.node as t.ClassDeclaration;
  const binding = made.isStatement() ? bindingNamed(id, (made.parentPath ?? made).scope) : undefined;
  const held = { value: made, ...(binding && { binding }) };
  const is = definitionOf(made, source);
  const setters = is && names.length === 1 ? settersOf(is, names[0], source) : [];
  for (const each of [names, ...setters.map((setter) => [setter])]) {
    const writes = new Writes('text', source, { changes, ...(is && { whole: { is, names } }) });
    const way = { names: each, free: 0 };
    if (made.isProgram()) writes.ofFile(made, way);
    else writes.ofMade(held, way);
  }
  return changes;
}

/** The same of what all files share without loading it: where they put another one in its place, too. */
export function changesOfGlobal(
  shared: Global,
  names: readonly string[],
  source: Reading,
): readonly Change[] {
  const changes: Change[] = [];
  const walk = (value: NodePath, way: readonly string[]) =>
    void new Writes('text', source, { changes, shared }).ofMade({ value }, { names: way, free: 0 });
  for (const holder of holdersOfGlobal(shared, source)) walk(holder, [shared.name, ...names]);
  for (const variable of variablesOfGlobal(shared, source)) {
    if (isAssigned(variable)) changes.push({ at: variable, isTold: true });
    else walk(variable, names);
  }
  for (const given of changes.flatMap(({ at }) => valuesGiven(at, shared))) walk(given, names);
  // What `Object.assign(globalThis, { settings })` puts there may be changed by its own name.
  return changes.map(({ at, isTold }) => ({ at, isTold: isTold && !isArgument(at) }));
}

/** What a global value is set to where it is changed as a whole. */
function valuesGiven(at: NodePath, shared: Global): NodePath[] {
  const { parentPath: member } = withTypes(at);
  const target = withTypes(isMember(member) ? member : at);
  const isIt = isAssigned(target) && isGlobal(target, shared);
  return isIt ? [(target.parentPath as NodePath<t.AssignmentExpression>).get('right')] : [];
}

function isAssigned(path: NodePath): boolean {
  const { parentPath: parent, key } = withTypes(path);
  return key === 'left' && parent?.isAssignmentExpression() === true;
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
