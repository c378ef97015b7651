import type { Class, ClassMethod, ClassPrivateMethod, Node } from '@babel/types';
import { madeAgent, staticBuilder } from './agents.ts';
import { callMethod, collectionMethod } from './builtins.ts';
import { elementsOf, listMember, listMethod } from './lists.ts';
import { fieldOfAgent } from './fields-of-agent.ts';
import { freshMethod } from './fresh.ts';
import type { Machine } from './machine.ts';
import { declare, typeOfMember } from './declared-type.ts';
import { textMethod } from './object-text.ts';
import { binary } from './operators.ts';
import { promised, promiseMethod } from './promise-values.ts';
import { REST } from './spread.ts';
import { lookedUp, memberOfSample } from './telling.ts';
import { extendUnseen } from './unseen-classes.ts';
import { Scope, type Thing, UNDEFINED, type Value } from './values.ts';

/** Methods of a list that leave it as it is, and need no more than its elements. */
const ASKS_EACH = /^(?:length|map|reduce|forEach)$/;

type Method = ClassMethod | ClassPrivateMethod;

/** The value of a class declaration or expression, its static fields set. */
export function classOf(node: Class, scope: Scope, machine: Machine): Thing {
  const parent = node.superClass ? machine.evaluate(node.superClass, scope) : undefined;
  const { agentClass, isAgentModule } = machine.agent;
  const isOwn = node.id?.name === agentClass && isAgentModule(machine.fileOf(scope));
  const inner = new Scope(scope, true);
  const made = machine.run.thing('class', {
    class: node,
    scope: inner,
    agent: isOwn || (parent !== undefined && parent.is !== 'primitive' && parent.agent),
    ...(parent === undefined || parent.is === 'primitive' ? {} : { parent }),
  });
  inner.names.set('this', made);
  if (node.id) {
    scope.names.set(node.id.name, made);
    inner.names.set(node.id.name, made);
  }
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') {
      const block = new Scope(inner, true);
      for (const statement of member.body)
        if (statement.type === 'ExpressionStatement') machine.evaluate(statement.expression, block);
    }
    if (!isField(member) || !member.static) continue;
    const name = nameOf(member, scope, machine);
    if (name !== undefined)
      made.properties.set(name, member.value ? machine.evaluate(member.value, inner) : UNDEFINED);
  }
  return made;
}

/** `bind`, `call` and `apply` of a function. */
function functionMethod(callee: Thing, name: string, machine: Machine): Thing | undefined {
  const { run } = machine;
  switch (name) {
    case 'bind':
      return run.function(([self = UNDEFINED, ...first]) =>
        run.function((rest) => machine.call(callee, [...first, ...rest], self), {
          ...(callee.scope && { scope: callee.scope }),
          ...(callee.code && { code: callee.code }),
        }),
      );
    case 'call':
      return run.function(([self = UNDEFINED, ...args]) => machine.call(callee, args, self));
    case 'apply':
      return run.function(([self = UNDEFINED, list]) =>
        machine.call(callee, list === undefined ? [] : (elementsOf(list) ?? [run.unknown()]), self),
      );
    default:
      return undefined;
  }
}

/** What `new callee(…)` makes. */
export function constructed(callee: Value, args: Value[], machine: Machine): Value {
  const { run } = machine;
  if (callee.is === 'primitive') return run.unknown();
  if (callee.is === 'unknown') return machine.call(callee, args, UNDEFINED);
  if (callee.properties.has('#collection')) return collection(args[0], machine);
  const construct = callee.properties.get('#construct');
  if (construct !== undefined) return machine.call(construct, args, UNDEFINED);
  if (callee.properties.has('#promise')) return promised(args[0], machine);
  if (callee.properties.has('#provider')) return provider(args[0] ?? UNDEFINED, machine);
  if (callee.is === 'function') return run.unknown();
  // What the agent does when it is made is its own affair; here it matters that there is one more.
  if (callee.agent) return madeAgent(run, callee, args);
  const made = run.thing('object', { parent: callee });
  initialise(made, callee, args, machine);
  return made;
}

/** A store; with what fills it, where its options have that. */
function collection(options: Value | undefined, machine: Machine): Thing {
  const { run } = machine;
  const counted = options === undefined ? [['#counted', UNDEFINED] as const] : [];
  const store = run.thing('object', { entries: new Map(), properties: counted });
  if (options?.is !== 'object') return store;
  const life = options.properties.get('ttl') ?? options.properties.get('maxAge');
  if (life !== undefined) store.properties.set('#life', life);
  for (const [name, filler] of [
    ['fetch', 'fetchMethod'],
    ['memo', 'memoMethod'],
  ] as const) {
    const fill = options.properties.get(filler);
    if (fill === undefined) continue;
    const using = (method: string, args: Value[]) => callMethod(store, method, args, run);
    const get = run.function(([key = UNDEFINED, asked]) => {
      const known = using('get', [key]);
      const forced = asked?.is === 'object' ? asked.properties.get('forceRefresh') : undefined;
      const isForced = forced !== undefined && machine.truth(forced);
      if (known.is !== 'primitive' && !isForced) return known;
      const made = machine.call(fill, [key, UNDEFINED, run.unknown()], UNDEFINED);
      using('set', [key, made]);
      return made;
    });
    store.properties.set(name, get);
  }
  return store;
}

/** A cache of the library: what its `create` gives is held, until it is too old or let go of. */
function provider(options: Value, machine: Machine): Thing {
  const { run } = machine;
  const create = read(options, 'create', machine);
  const self = run.thing('object');
  const method = (name: string, call: () => Value) => self.properties.set(name, run.function(call));
  method('get', () => {
    const held = self.properties.get('#held');
    if (held !== undefined && run.choose()) return held;
    const made = machine.call(create, [run.unknown()], UNDEFINED);
    self.properties.set('#held', made);
    return made;
  });
  method('invalidate', () => {
    self.properties.delete('#held');
    return UNDEFINED;
  });
  for (const name of ['peek', 'stats', 'keepWarm', 'discard']) method(name, () => run.unknown());
  return self;
}

function initialise(self: Thing, type: Thing, args: readonly Value[], machine: Machine): void {
  const { class: node, scope, parent } = type;
  if (node === undefined || scope === undefined) return;
  const inner = new Scope(scope, true);
  inner.names.set('this', self);
  const own = node.body.body.find(
    (member): member is ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  const extending = () => {
    if (parent !== undefined && node.superClass) extendUnseen(self, parent, args, machine);
    if (parent !== undefined && node.superClass) initialise(self, parent, args, machine);
    for (const member of node.body.body) {
      if (!isField(member) || member.static) continue;
      const name = nameOf(member, scope, machine);
      if (name !== undefined)
        self.properties.set(name, member.value ? machine.evaluate(member.value, inner) : UNDEFINED);
    }
  };
  extending();
  if (own === undefined) return;
  for (const [index, parameter] of own.params.entries()) {
    if (parameter.type !== 'TSParameterProperty') continue;
    const { parameter: named } = parameter;
    const name = named.type === 'Identifier' ? named : named.left;
    const given = args[index] ?? UNDEFINED;
    const isDefault =
      named.type === 'AssignmentPattern' && given.is === 'primitive' && given.value === undefined;
    const value = isDefault ? machine.evaluate(named.right, scope) : given;
    if (name.type === 'Identifier') self.properties.set(name.name, value);
  }
  machine.invoke(own, scope, args, self);
}

/** What a property of a value holds, which is of the type that the code says of it. */
export function read(value: Value, name: string | undefined, machine: Machine): Value {
  const held = heldBy(value, name, machine);
  if (value.is === 'primitive' || value.declared === undefined || held.is === 'primitive') return held;
  if (name !== undefined) declare(held, typeOfMember(value.declared, name, machine.graph), machine.graph);
  return held;
}

function heldBy(value: Value, name: string | undefined, machine: Machine): Value {
  const { run } = machine;
  if (name === undefined) return run.unknown();
  if (value.is === 'primitive' && name === 'concat' && typeof value.value === 'string')
    return run.function((added) => added.reduce((text, each) => binary('+', text, each, machine), value));
  if (value.is === 'primitive') return promiseMethod(value, name, machine) ?? run.unknown();
  // All requests have one.
  if (value.isOfRequest === true && name === 'app') return machine.keptBy('#app', () => run.unknown());
  if (name === 'constructor' && value.is === 'object' && value.parent !== undefined) return value.parent;
  const builder = staticBuilder(value, name, run, machine.agent);
  if (builder !== undefined) return builder;
  const getter = value.getters?.get(name);
  if (getter !== undefined) return getter(value);
  const own = value.properties.get(name);
  if (own !== undefined) return own;
  const method =
    textMethod(value, name, machine) ??
    freshMethod(value, name, run) ??
    collectionMethod(value, name, run) ??
    (value.is === 'function' ? functionMethod(value, name, machine) : undefined) ??
    (value.isList === true && (value.sample === undefined || ASKS_EACH.test(name))
      ? listMethod(value, name, machine)
      : undefined) ??
    promiseMethod(value, name, machine);
  if (method !== undefined) return method;
  const field = value.is === 'object' && value.agent ? fieldOfAgent(value, name, machine) : undefined;
  if (field !== undefined) return field;
  if (value.sample !== undefined) return value.part?.(name) ?? memberOfSample(value, name, run);
  const isStatic = value.is === 'class';
  for (let type = isStatic ? value : value.parent; type !== undefined; type = type.parent) {
    if (isStatic) {
      const inherited = type.properties.get(name);
      if (inherited !== undefined) return inherited;
    }
    const found =
      (isStatic ? undefined : addedTo(type, name)) ?? memberOf(type, name, isStatic, value, machine);
    if (found !== undefined) return found;
    if (type.class === undefined || type.is === 'unknown') return remembered(value, name, machine);
  }
  if (value.isList === true) return listMember(value, machine);
  if (value.is === 'function' && value.scope !== undefined) return UNDEFINED;
  if (value.is === 'object' && value.parent === undefined) {
    const rest = value.properties.get(REST);
    return rest === undefined ? (lookedUp(value, name, run) ?? UNDEFINED) : read(rest, name, machine);
  }
  if (value.is === 'object' && !value.agent) return UNDEFINED;
  return remembered(value, name, machine);
}

/** What is not known of a thing is at least the same each time that it is looked at. */
function remembered(value: Thing, name: string, { run }: Machine): Value {
  const { fromCaller, isConstant, isMadeOutside, isPure, label, madeOf, told } = value;
  const unknown = run.thing('unknown', {
    isLookedUp: true,
    ...(isPure && { isPure }),
    ...(label !== undefined && { label: `${label}.${name}` }),
    ...(isConstant && { isConstant }),
    ...(fromCaller && { fromCaller, ...(told !== undefined && { told: `${told}.${name}` }) }),
    ...(isMadeOutside && { isMadeOutside, ...(madeOf && { madeOf }) }),
    ...(value.is === 'class' && name === 'prototype' && { prototypeOf: value }),
  });
  run.remember(value.properties, name, unknown);
  return unknown;
}

/** What was put into the prototype of a class: `Agent.prototype.fork = …`. */
function addedTo({ properties }: Thing, name: string): Value | undefined {
  const prototype = properties.get('prototype');
  return prototype === undefined || prototype.is === 'primitive' ? undefined : prototype.properties.get(name);
}

function memberOf(
  type: Thing,
  name: string,
  isStatic: boolean,
  self: Thing,
  machine: Machine,
): Value | undefined {
  const { class: node, scope } = type;
  if (node === undefined || scope === undefined) return undefined;
  const member = node.body.body.find(
    (each): each is Method =>
      (each.type === 'ClassMethod' || each.type === 'ClassPrivateMethod') &&
      each.kind !== 'constructor' &&
      each.kind !== 'set' &&
      (each.static ?? false) === isStatic &&
      nameOf(each, scope, machine) === name,
  );
  if (member === undefined) return undefined;
  // What a decorator makes of it, nobody sees.
  if ((member.decorators?.length ?? 0) > 0) return remembered(self, name, machine);
  if (member.kind === 'get') return machine.invoke(member, scope, [], self);
  return machine.run.function((args, receiver) => machine.invoke(member, scope, args, receiver), {
    scope,
    code: member,
  });
}

function nameOf(member: Field | Method, scope: Scope, machine: Machine): string | undefined {
  return machine.keyAt(member.key, 'computed' in member && member.computed === true, scope);
}

type Field = Extract<Node, { type: 'ClassProperty' | 'ClassPrivateProperty' | 'ClassAccessorProperty' }>;

function isField(member: Node): member is Field {
  return (
    member.type === 'ClassProperty' ||
    member.type === 'ClassPrivateProperty' ||
    member.type === 'ClassAccessorProperty'
  );
}
