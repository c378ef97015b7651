import type { ClassMethod, Node } from '@babel/types';
import { nameInType } from './declared-type.ts';
import { cutTo } from './lists.ts';
import type { Machine } from './machine.ts';
import type { Run } from './run.ts';
import type { Value } from './values.ts';

/** Sets a property, as its setter has it. */
export function write(target: Value, name: string | undefined, value: Value, machine: Machine): void {
  if (target.is === 'primitive' || name === undefined) return;
  const setter = target.setters?.get(name);
  if (setter !== undefined) {
    setter(target, value);
    return;
  }
  const isStatic = target.is === 'class';
  for (let type = isStatic ? target : target.parent; type?.class !== undefined; type = type.parent) {
    const { scope } = type;
    const own = type.class.body.body.find((each) => isSetter(each, isStatic, name));
    if (own !== undefined && scope !== undefined) {
      machine.invoke(own as ClassMethod, scope, [value], target);
      return;
    }
  }
  if (target.isClosed === 'frozen' || (target.isClosed === 'sealed' && !target.properties.has(name))) return;
  if (name === 'length' && target.isList === true) cutTo(target, value);
  else target.properties.set(name, value);
}

function isSetter(member: Node, isStatic: boolean, name: string): boolean {
  if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') return false;
  return member.kind === 'set' && (member.static ?? false) === isStatic && nameInType(member) === name;
}

/** Takes a property away; any of them, where nobody knows which. */
export function deleteFrom(target: Value, name: string | undefined, { run }: Machine): void {
  if (target.is === 'primitive') return;
  // What else that lets go of, as of a module in `require.cache`, nobody knows.
  if (target.is === 'unknown') run.isUnclear = true;
  if (name !== undefined) target.properties.delete(name);
  else if (run.choose()) target.properties.clear();
}

/** What `Object.defineProperty` makes of a property. */
export function define(target: Value, name: string | undefined, described: Value, machine: Machine): void {
  if (target.is === 'primitive' || name === undefined || described.is === 'primitive') return;
  const { getters } = target;
  const getter = described.properties.get('get');
  const rest = new Map(getters);
  rest.delete(name);
  if (getter !== undefined) rest.set(name, (self) => machine.call(getter, [], self));
  machine.run.change(() => {
    if (getters === undefined) delete target.getters;
    else target.getters = getters;
  }, target.properties.born);
  target.getters = rest;
  const value = described.properties.get('value');
  if (value !== undefined) target.properties.set(name, value);
}

/** An object that takes no more properties; what the agent does with its own is its own affair. */
export function closed(value: Value, how: 'sealed' | 'frozen', run: Run): Value {
  if (value.is !== 'object' || value.agent || value.isClosed === 'frozen') return value;
  const before = value.isClosed;
  run.change(() => {
    if (before === undefined) delete value.isClosed;
    else value.isClosed = before;
  }, value.properties.born);
  value.isClosed = how;
  return value;
}
