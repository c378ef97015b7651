import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { isHandler } from '../../survey/functions/handlers.ts';

/** Something that is done as soon as a function is called. */
export interface Deed {
  /** The functions by whose call it is done, from the inside out: the last has a name, or answers requests. */
  by: readonly FunctionPath[];
  file: string;
  /** For a call: the name that is called. */
  called?: string;
  /** How sure it is that a function of that name is called: of the file itself as one of `this`, of any as one of some object. */
  on?: 'this' | 'object';
}

/** What is done at a place of a file, unless that runs while the file loads, or while an object is made. */
export function deedAt(at: NodePath, file: string, call: Pick<Deed, 'called' | 'on'> = {}): Deed | undefined {
  const by: FunctionPath[] = [];
  for (let fn = at.getFunctionParent(); fn; fn = fn.getFunctionParent()) {
    if (fn.isClassMethod({ kind: 'constructor' })) return undefined;
    by.push(fn as FunctionPath);
    if (ownName(fn) !== undefined || isHandler(fn as FunctionPath)) break;
  }
  return by.length === 0 ? undefined : { by, file, ...call };
}

/** The name by which a value is called: `signIn` of `auth.signIn`; empty where it has none. */
export function nameOf(value: NodePath): string {
  if (isMember(value)) return propertyName(value.node) ?? '';
  return value.isIdentifier() ? value.node.name : '';
}

/** The names of functions, with the files that have one. */
export type Doers = ReadonlyMap<string, ReadonlySet<string>>;

/** The functions that do something of that kind, or call one that does, however far away. */
export function whoDoes(deeds: readonly Deed[], calls: readonly Deed[]): Doers {
  const found = new Map<string, Set<string>>();
  let next = deeds;
  while (next.length > 0) {
    const added = new Set<string>();
    for (const { by, file } of next)
      for (const name of by.flatMap((fn) => ownName(fn) ?? [])) {
        const files = found.get(name) ?? new Set();
        if (!found.has(name)) added.add(name);
        found.set(name, files.add(file));
      }
    next = calls.filter((call) => added.has(call.called ?? '') && isCallOf(found, call));
  }
  return found;
}

/**
 * Whether a call is of one of them. A method of an object that nothing tells of goes by too common a name to say so.
 */
export function isCallOf(doers: Doers, { called = '', on, file }: Deed): boolean {
  const files = doers.get(called);
  return files !== undefined && on !== 'object' && (on === undefined || files.has(file));
}

function ownName({ node, parent }: NodePath<t.Function>): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  return keyName(node) ?? keyName(parent);
}
