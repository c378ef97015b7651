import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/**
 * What was found out about a program before, or is now. It is kept with the program, and goes with it: an entry of a
 * WeakMap stays until a full garbage collection, and copying the trees of 250 files until then cost a tenth of a run.
 */
export function keptWith<Value>(program: NodePath, name: string, find: () => Value): Value {
  const present = program.getData(name) as { value: Value } | undefined;
  if (present) return present.value;
  const value = find();
  program.setData(name, { value });
  return value;
}

/** The same of a node, such as a function that many ask about. */
export function keptOf<Value>(
  program: NodePath<t.Program>,
  name: string,
  node: t.Node,
  find: () => Value,
): Value {
  const known = keptWith(program, name, () => new Map<t.Node, Value>());
  if (!known.has(node)) known.set(node, find());
  return known.get(node) as Value;
}

/** Forgets what was found out about a program, so that it is found out anew. */
export function forgetKept(program: NodePath<t.Program>, name: string): void {
  program.setData(name, undefined);
}
