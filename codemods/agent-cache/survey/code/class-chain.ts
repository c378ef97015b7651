import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { constructorOf, superclassOf } from './class-members.ts';
import { calledDefinition } from './definitions.ts';

/** A class and those of the tree that it extends, as far as they can be read. */
export function classChain(path: NodePath<t.Class>, source: Reading): NodePath<t.Class>[] {
  const chain = [path];
  for (let last = path; ; ) {
    const superclass = superclassOf(last);
    const base = superclass && calledDefinition(superclass, source);
    if (base?.kind !== 'class' || chain.includes(base.path)) break;
    last = base.path;
    chain.push(last);
  }
  return chain;
}

/** The constructor that building a class runs: its own, or the nearest one above it; undefined when there is none. */
export function constructorRun(
  path: NodePath<t.Class>,
  source: Reading,
): NodePath<t.ClassMethod> | undefined {
  for (const each of classChain(path, source)) {
    const own = constructorOf(each);
    if (own) return own;
  }
  return undefined;
}
