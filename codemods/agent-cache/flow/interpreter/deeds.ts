import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptOf } from '../../source/kept-with.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { endsRequests } from '../../survey/functions/ends-requests.ts';
import { isHandler, isMiddleware } from '../../survey/functions/handlers.ts';
import { callGiven, waitsForCallbacks } from '../../survey/functions/later-callbacks.ts';
import { classNameOf } from './constructions-of.ts';

const FIELD = /^Class(Private|Accessor)?Property$/;

/** A function that does something, as all may know it when its syntax tree is let go of. */
interface Doer {
  /** File and offset. */
  id: string;
  name: string | undefined;
  isClass: boolean;
  /** It is a middleware after which others run. */
  goesOn: boolean;
}

/** Something that is done as soon as a function is called. */
export interface Deed {
  /** The functions by whose call it is done, from the inside out: the last has a name, or answers requests. */
  by: readonly Doer[];
  file: string;
  /** For a call: the name that is called. */
  called?: string;
  /** How sure it is that a function of that name is called: of the file itself as one of `this`, of any as one of some object. */
  on?: 'this' | 'object';
  /** The file from which what is called was loaded. */
  from?: string;
}

/** What a call says of whom it calls. */
export type Callee = Pick<Deed, 'called' | 'on' | 'from'>;

/** What is done at a place of a file, unless that runs while the file loads. */
export function deedAt(at: NodePath, file: string, call: Callee = {}): Deed | undefined {
  const by = doersAt(at).map((each) => doer(each, file));
  return by.length === 0 ? undefined : { by, file, ...call };
}

/** Whether something is done where an instance of a class is built. */
export function isBuilding(type: string, { by }: Deed): boolean {
  return by.some(({ isClass, name }) => isClass && name === type);
}

function doer(path: Doing, file: string): Doer {
  return keptOf(programAround(path), 'does', path.node, () => ({
    id: `${file}#${path.node.start}`,
    isClass: path.isClass(),
    name: path.isClass() ? classNameOf(path) : ownName(path as FunctionPath),
    goesOn: path.isFunction() && isMiddleware(path) && !endsRequests(path),
  }));
}

/** A function, or a class of which an instance is built. */
export type Doing = FunctionPath | NodePath<t.Class>;

/** The functions by whose call it is done, or the class by whose construction; none for what runs while the file loads. */
export function doersAt(at: NodePath): readonly Doing[] {
  const by: Doing[] = [];
  for (let each = doingAround(at); each; each = doingAround(each)) {
    by.push(each);
    if (each.isClass() || ownName(each as FunctionPath) !== undefined || isHandler(each as FunctionPath))
      break;
  }
  // What is only noted, for a timer or a queue, is done by nobody's call; in a request it is of that, however late.
  const last = by.at(-1);
  const isOfRequest = last?.isFunction() && isHandler(last as FunctionPath);
  const later = isOfRequest
    ? -1
    : by.findIndex((each) => each !== last && each.isFunction() && !runsForCaller(each as FunctionPath));
  if (later >= 0) by.length = later + 1;
  return by;
}

function doingAround(at: NodePath): Doing | undefined {
  const around = at.findParent(
    (each) =>
      each.isFunction() || (FIELD.test(each.type) && 'static' in each.node && each.node.static !== true),
  );
  if (!around) return undefined;
  const isBuilding = !around.isFunction() || around.isClassMethod({ kind: 'constructor' });
  return (isBuilding ? around.parentPath?.parentPath : around) as Doing;
}

/** The name by which a value is called: `signIn` of `auth.signIn`; empty where it has none. */
export function nameOf(value: NodePath): string {
  if (isMember(value)) return propertyName(value.node) ?? '';
  return value.isIdentifier() ? value.node.name : '';
}

/** The names of functions, with the files that have one. */
export type Doers = ReadonlyMap<string, ReadonlySet<string>>;

/** The files that get at what a file exports. */
type DependentsOf = (file: string) => readonly string[];

/** The functions that do something of that kind, or call one that does, however far away. */
export function whoDoes(deeds: readonly Deed[], calls: readonly Deed[], dependentsOf: DependentsOf): Doers {
  const found = new Map<string, Set<string>>();
  let next = deeds;
  while (next.length > 0) {
    const added = new Set<string>();
    for (const { by, file } of next)
      for (const name of by.flatMap((fn) => fn.name ?? [])) {
        const files = found.get(name) ?? new Set();
        if (!found.has(name)) added.add(name);
        found.set(name, files.add(file));
      }
    next = calls.filter((call) => added.has(call.called ?? '') && isCallOf(found, call, dependentsOf));
  }
  return found;
}

/**
 * Whether a call is of one of them. A method of an object that nothing tells of goes by too common a name to say so.
 */
export function isCallOf(
  doers: Doers,
  { called = '', on, from, file }: Deed,
  dependentsOf: DependentsOf,
): boolean {
  const files = doers.get(called);
  if (!files || on === 'object') return false;
  if (from !== undefined)
    return files.has(from) || [...files].some((each) => dependentsOf(each).includes(from));
  return on === undefined || files.has(file);
}

/** Whether a function that stands in a call runs while the function around it, or who waits for that, is at it. */
function runsForCaller(fn: FunctionPath): boolean {
  const call = callGiven(fn);
  return fn.key === 'callee' || (call !== undefined && waitsForCallbacks(call));
}

function ownName({ node, parent }: NodePath<t.Function>): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  return keyName(node) ?? keyName(parent);
}
