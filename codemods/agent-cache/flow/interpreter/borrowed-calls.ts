import type * as t from '@babel/types';
import type { Machine, Site } from './machine.ts';
import { nameOfKey } from './targets.ts';
import { type Frame, FROM, join, NOTHING, plain, type Thing, type Value } from './values.ts';

/** The method of lists, maps or sets that `Array.prototype.push.call(…)` runs on its first argument. */
export function borrowedMethod({ kind, label }: Thing, name: string): string | undefined {
  if (kind !== 'native' || !/^(call|apply|bind)$/.test(name)) return undefined;
  return /^(?:Array|Map|Set|WeakMap|WeakSet|Object)\.prototype\.(\w+)$/.exec(label)?.[1];
}

/** `[].push` in `[].push.apply(list, items)` */
export function methodOfLiteral(node: t.Node, frame: Frame, machine: Machine): string | undefined {
  const isMethod = node.type === 'MemberExpression' && node.object.type === 'ArrayExpression';
  return isMethod ? nameOfKey(node.property, node.computed, frame, machine) : undefined;
}

/** What `call`, `apply` or `bind` runs a method on, and with what. */
export function borrowedArguments(
  how: string,
  [self = NOTHING, ...others]: readonly Value[],
  site: Site,
  machine: Machine,
): { self: Value; args: readonly Value[] } {
  if (how === 'call') return { self, args: others };
  // What is bound is called later, by whoever has it, with what is theirs.
  const [list] = how === 'apply' ? others : [];
  const element = list && join(machine.get(list, '*', site), plain(list.from & ~FROM.plain));
  return { self, args: [element ?? plain(FROM.argument)] };
}
