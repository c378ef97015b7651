import type { Class, Function as FunctionNode, Node } from '@babel/types';
import { type Journal, JournaledMap } from './journal.ts';

/** What an expression comes to, as far as the source tells; promises are what they are fulfilled with, unless that is nothing, a number or a text. */
export type Value = Primitive | Thing;

export interface Primitive {
  is: 'primitive';
  value: string | number | boolean | bigint | null | undefined;
}

/** Anything with an identity: an object, a function, a class, or something of which nothing is known. */
export interface Thing {
  is: 'object' | 'function' | 'class' | 'unknown';
  /** Tells one from another. */
  id: number;
  /** Whether it is an instance of the agent's class. */
  agent: boolean;
  properties: JournaledMap<Value>;
  /** Entries of a Map or a Set, by what stands for their key. */
  entries?: JournaledMap<Value>;
  /** The class of an instance; the class that a class extends. */
  parent?: Thing;
  /** Names that can be looked up from a function or a class. */
  scope?: Scope;
  call?: (args: Value[], self: Value) => Value;
  /** The syntax of a function. */
  code?: FunctionNode;
  /** The syntax of a class; absent for classes of packages. */
  class?: Class;
  /** Whether whoever calls gave it, or it was read of what they gave. */
  fromCaller?: boolean;
  /** What it is made of, with a mark for each part that whoever calls gave; undefined for one that they gave as it is. */
  told?: string;
  /** Whether the framework made it for one request: it is another one each time, whatever is the same in it. */
  isOfRequest?: boolean;
  /** Whether code that nobody sees got functions and made it of them: a call of it may run them. */
  isMadeOutside?: boolean;
  /** Whether it was looked up in something of which nothing is known: a container may make it at each look. */
  isLookedUp?: boolean;
  /** True where that is not, and not where it is. */
  negationOf?: Thing;
  /** Whether it is true in a condition, of something of which no more is known. */
  truth?: boolean;
  /** What one of it and something else is, by what that is. */
  joins?: Map<string, Thing>;
  /** A promise that is rejected. */
  isRejection?: boolean;
  /** A promise that is fulfilled later, with what once it is known. */
  deferred?: { value?: Value };
  /** What that code got. */
  madeOf?: readonly Value[];
  /** Whether a call of it, or of what it gives, comes to the same whenever it is given the same. */
  isPure?: boolean;
  /** Whether one number was taken from another, as for an age. */
  isDifference?: boolean;
  /** Whether chance decides what it is. */
  isChance?: boolean;
  /** What is another one each time that it is made. */
  fresh?: Fresh;
  /** What a call gives, where that is known; undefined where it is as for code that nobody sees. */
  tells?: (args: readonly Value[]) => Value | undefined;
  /** What it is on a clock that is known. */
  reckoned?: Reckoned;
  /** Whether it is a list, its elements by their numbers. */
  isList?: boolean;
  /** Stands for what a caller gives, and for what is made of it: the same text is the same value. */
  sample?: string;
  /** The properties of a sample that are samples of their own. */
  part?: (name: string) => Value;
  /** A sample without some of its properties. */
  without?: (names: ReadonlySet<string>) => Thing;
  /** What code that nobody sees is called. */
  label?: string;
  /** What type the code says that whoever calls gives. */
  declared?: Declared;
  /** Getters by name. */
  getters?: Map<string, (self: Value) => Value>;
  /** Setters by name. */
  setters?: Map<string, (self: Value, value: Value) => void>;
  /** Whether it takes no more properties, or no other values for those that it has either. */
  isClosed?: 'sealed' | 'frozen';
  /** The class whose prototype it is. */
  prototypeOf?: Thing;
  /** Whether it is the same as long as the process runs, as its environment is. */
  isConstant?: boolean;
}

/** A type as it is written, or the declaration of one, and the file whose names it speaks of. */
export interface Declared {
  type: Node;
  file: string;
  /** Whether nobody wrote it: it is taken for that as long as nothing else is said. */
  isGuess?: boolean;
}

/** One of so many numbers, or of endlessly many texts; the same text is the same value. */
export interface Fresh {
  text: string;
  among: number;
}

/** A time that a clock shows, or how long it is between two; in whatever unit the code reckons. */
export interface Reckoned {
  kind: 'time' | 'age';
  /** Infinity for a time of which only is known that it is still to come. */
  value: number;
}

/** The names of a block, a function or a module. */
export class Scope {
  readonly names: JournaledMap<Value>;
  readonly parent: Scope | undefined;
  /** What the function was given whose scope it is. */
  args?: readonly Value[];
  /** Where a `var` and `this` belong. */
  readonly isFunction: boolean;
  readonly #journal: Journal;

  /** @param around the scope around it; the journal of the run for that of a module */
  constructor(around: Scope | Journal, isFunction = false) {
    this.parent = around instanceof Scope ? around : undefined;
    this.#journal = around instanceof Scope ? around.#journal : around;
    this.names = new JournaledMap(this.#journal);
    this.isFunction = isFunction;
  }

  /** What the innermost function around was given, arrow functions apart. */
  givenTo(): readonly Value[] | undefined {
    return this.args ?? this.parent?.givenTo();
  }

  /** The innermost scope that has the name. */
  owner(name: string): Scope | undefined {
    if (this.names.has(name)) return this;
    return this.parent?.owner(name);
  }
}

/** Whether a value is a promise that is rejected, as far as that is known by now. */
export function isRejection(value: Value): boolean {
  const settled = settledValue(value);
  return settled.is !== 'primitive' && settled.isRejection === true;
}

/** What a promise is fulfilled with, as far as that is known by now. */
export function settledValue(value: Value): Value {
  const later = value.is === 'primitive' ? undefined : value.deferred?.value;
  return later === undefined || later === value ? value : settledValue(later);
}

/** Whether a value is a promise of a number, a text or nothing: there is a promise, whatever it is of. */
export function isPromiseOfData(value: Value): boolean {
  return value.is === 'unknown' && value.deferred?.value?.is === 'primitive';
}

/** Whether all that an object has is known: it is of no class, a collection, or a sample. */
export function isPlainObject(value: Value): value is Thing {
  return (
    value.is === 'object' &&
    !value.agent &&
    value.parent === undefined &&
    value.entries === undefined &&
    value.sample === undefined &&
    value.getters === undefined
  );
}

/** Whether whoever calls gave a value, or it was made of what they gave. */
export function isOfCaller(value: Value): boolean {
  return value.is !== 'primitive' && value.fromCaller === true;
}

/** Whether some values have something that whoever calls gave, and else only what the text of the code says. */
export function areOfCaller(values: readonly Value[]): boolean {
  let some = false;
  const isTold = (value: Value, depth: number): boolean => {
    if (value.is === 'primitive') return true;
    some ||= isOfCaller(value);
    if (isOfCaller(value)) return true;
    if (value.is !== 'object' || value.agent || value.entries !== undefined || depth > 3) return false;
    return (
      value.parent === undefined && [...value.properties.values()].every((each) => isTold(each, depth + 1))
    );
  };
  return values.every((value) => isTold(value, 0)) && some;
}

export function primitive(value: Primitive['value']): Primitive {
  return { is: 'primitive', value };
}

export const UNDEFINED = primitive(undefined);

/** Whether a value is true in a condition; undefined where that is not known. */
export function truthOf(value: Value): boolean | undefined {
  if (value.is === 'primitive') return Boolean(value.value);
  return value.is === 'unknown' && !value.agent && value.deferred === undefined ? value.truth : true;
}

/** Whether a value is `undefined` or `null`; undefined where that is not known. */
export function isNullish(value: Value): boolean | undefined {
  if (value.is === 'primitive') return value.value === undefined || value.value === null;
  return truthOf(value) === true ? false : undefined;
}

/** Something made of others, as a text that tells whether it is made of the same. */
export function textOf(value: Value, depth = 0): string {
  if (value.is === 'primitive') return JSON.stringify(String(value.value));
  if (value.sample !== undefined) return value.sample;
  if (depth > 4) return '…';
  const inner = [...value.properties, ...(value.entries ?? [])].map(
    ([name, each]) => `${name}:${textOf(each, depth + 1)}`,
  );
  const own = value.is === 'object' && !value.agent ? '' : `#${value.id}`;
  return `${own}{${inner.join()}}`;
}

/** How every sample of an argument begins. */
export const SAMPLE = '‹';
/** How one goes on that two callers do not have in common. */
export const OTHER = '!';

/** Everything that can be reached from some scopes and values: what outlives a call. */
export function reachableFrom(scopes: Iterable<Scope>, values: Iterable<Value> = []): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<Scope>();
  const look = (value: Value | undefined): void => {
    if (value === undefined || value.is === 'primitive' || found.has(value.id)) return;
    found.add(value.id);
    for (const each of value.properties.values()) look(each);
    for (const each of value.entries?.values() ?? []) look(each);
    look(value.parent);
    look(value.deferred?.value);
    for (const each of value.joins?.values() ?? []) look(each);
    if (value.scope !== undefined) enter(value.scope);
  };
  const enter = (scope: Scope): void => {
    if (seen.has(scope)) return;
    seen.add(scope);
    for (const each of scope.names.values()) look(each);
    if (scope.parent !== undefined) enter(scope.parent);
  };
  for (const scope of scopes) enter(scope);
  for (const value of values) look(value);
  return found;
}
