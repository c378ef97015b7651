import { nativeGlobal, sharedGlobal } from './globals.ts';
import { listOf } from './collections.ts';
import { consumed } from './iterators.ts';
import type { Machine, Site } from './machine.ts';
import { isNewEachTime, NEW } from './made-with.ts';
import { nameOfSymbol, symbolOf } from './symbols.ts';
import { CALLERS, FROM, join, NOTHING, only, PLAIN, plain, type Thing, type Value } from './values.ts';
import { asText, writtenOut } from './written-out.ts';
import { readingOf } from './reading-of.ts';
import { isAssigned } from '../../survey/values/environment-writes.ts';

const GIVES_FIRST = /^(Object\.(freeze|seal|preventExtensions)|Promise\.resolve|queueMicrotask)$/;
/** What gives text, a number or a truth value, which have no parts. */
const GIVES_PLAIN =
  /^(String|Number|Boolean|BigInt|parseInt|parseFloat|isNaN|isFinite|(en|de)codeURI(Component)?|(Math|Number|String)\.\w+|Date\.(now|parse|UTC)|JSON\.stringify|Array\.isArray|Object\.(is|hasOwn)|performance\.now)$/;
const LOADS = /^(process\.getBuiltinModule|(\w+\.)?require)$/;
const READS_FILES =
  /^node:fs(\/promises)?(\.promises)?\.(readFile|readFileSync|readdir|readdirSync|createReadStream|openSync|open)$/;

/** A property of something of Node's or of the language: `process.env.TOKEN`, `fs.readFileSync`. */
export function nativePart(thing: Thing, name: string, site: Site, machine: Machine): Value {
  if (thing.label === 'process.env') {
    // Only who builds an instance asks: what a method reads anew each time it may share.
    const source = machine.epoch === 'new' ? readingOf(site.file, machine.project) : undefined;
    if (!source) return PLAIN;
    const what = name === '*' ? 'process.env' : `process.env.${name}`;
    if (!isAssigned(name, source)) {
      machine.events.environment.set(what, { what, file: site.file, offset: site.offset });
      return PLAIN;
    }
    machine.noteAmbient(what, site, false);
    return machine.ofRequest(what);
  }
  const shared = machine.epoch === 'new' ? sharedGlobal(thing.label, name, site, machine) : undefined;
  if (shared) return shared;
  if (thing.label === 'globalThis' && !(name in globalThis) && machine.epoch !== 'module') {
    machine.noteAmbient(`globalThis.${name}`, site, false);
    return machine.ofRequest(`globalThis.${name}`);
  }
  // A domain is what requests had before there were other ways.
  if (thing.label === 'process' && name === 'domain') {
    machine.noteAmbient('process.domain', site);
    return machine.ofRequest('process.domain');
  }
  const label = thing.label === 'globalThis' ? name : `${thing.label}.${name}`;
  return only(machine.make(`global ${label}`, 'native', label, '', 'module'));
}

/** Calls something of Node's or of the language. */
export function callNative(label: string, args: readonly Value[], site: Site, machine: Machine): Value {
  if (isNewEachTime(label, args, machine)) return NEW;
  const [first = NOTHING, second = NOTHING, third = NOTHING] = args;
  const ofRequest = /^node:async_hooks\.((?:execution|trigger)Async\w+)$/.exec(label)?.[1];
  if (ofRequest !== undefined) {
    machine.noteAmbient(`${ofRequest}()`, site);
    return machine.ofRequest(`${ofRequest}()`);
  }
  const text = site.node.type === 'CallExpression' ? textOf(site.node.arguments[0]) : undefined;
  if (/^Symbol(\.for)?$/.test(label)) return symbolOf(label === 'Symbol' ? undefined : text, site, machine);
  if (label === 'node:module.createRequire') return only(nativeGlobal('require', machine));
  if (LOADS.test(label) && text !== undefined) return machine.run.imported(text, '*', site.file);
  if (READS_FILES.test(label)) machine.noteSettings(label.replace(/^node:/, ''), site);
  if (/^(Object|Reflect)\.assign$|^Object\.assign$/.test(label))
    return assignAll(first, args.slice(1), site, machine);
  if (/^(Object|Reflect)\.(defineProperty|set|deleteProperty)$/.test(label))
    return define(label, args, site, machine);
  if (label === 'Object.defineProperties') return assignAll(first, [second], site, machine);
  if (/^(Object|Reflect)\.setPrototypeOf$/.test(label)) {
    for (const [own, reach] of first.things) {
      if (machine.outlives(own, reach)) machine.noteWrite(machine.cellOf(own, '*'), second, site, 'change');
      for (const parent of second.things.keys()) own.proto = parent;
    }
    return first;
  }
  if (label === 'Object.fromEntries')
    return objectOf('*', machine.get(machine.get(first, '*', site), '*', site), site, machine);
  if (label === 'Object.create') return created(first, site, machine);
  if (label === 'node:util.inherits' || label === 'inherits') return inherited(first, second, machine);
  if (label === 'Reflect.get') return machine.get(first, nameIn(second), site);
  if (label === 'Reflect.apply')
    return machine.run.call(first, second, [machine.get(third, '*', site)], site);
  if (label === 'Reflect.construct')
    return machine.run.construct(first, [machine.get(second, '*', site)], site);
  if (/^Object\.(values|entries|keys)$|^Array\.(from|of)$|^Promise\.(all|allSettled|race|any)$/.test(label)) {
    if (/^(Array|Promise)/.test(label)) consumed(first, site, machine);
    if (label === 'Object.keys')
      return listOf(plain(machine.madeOf(machine.taintOf(first), label)), site, machine);
    const element =
      label === 'Array.of'
        ? join(...args)
        : join(machine.get(first, '*', site), plain(first.from & ~FROM.plain));
    const made =
      label === 'Array.from' && second.things.size > 0
        ? machine.run.call(second, NOTHING, [element, PLAIN], site)
        : element;
    if (/race|any$/.test(label)) return made;
    if (label.endsWith('Settled')) return listOf(objectOf('value', made, site, machine), site, machine);
    return label === 'Promise.all' ? join(first, plain(first.from)) : listOf(made, site, machine);
  }
  if (/^(JSON\.stringify|structuredClone)$/.test(label)) writtenOut(first, site, machine);
  if (/^(String|Number)$/.test(label)) asText(first, site, machine);
  // A replacer of `JSON.stringify` is run, as any function that is given.
  if (GIVES_PLAIN.test(label) && !args.some(isCode))
    return plain(machine.madeOf(machine.taintOf(...args), label, site.node));
  if (GIVES_FIRST.test(label)) {
    if (label === 'queueMicrotask') machine.run.call(first, NOTHING, [], site);
    return first;
  }
  return called(label, args, site, machine);
}

function objectOf(name: string, value: Value, site: Site, machine: Machine): Value {
  const thing = machine.make(site.node, 'object', '', site.file, machine.epoch, 6);
  machine.put(thing, name, value);
  return only(thing);
}

function called(label: string, args: readonly Value[], site: Site, machine: Machine): Value {
  const taint = machine.madeOf(machine.taintOf(...args), label, site.node);
  if (/^(fetch|node:|set(Timeout|Interval|Immediate))/.test(label)) machine.events.works = true;
  const isSent = (taint & CALLERS) !== 0 && /^(fetch|node:)/.test(label);
  const from = (isSent ? (taint & ~(FROM.argument | FROM.ambient)) | FROM.answer : taint) & ~FROM.plain;
  const result = machine.make(site.node, 'opaque', `${label}()`, site.file);
  const element = plain(from);
  const before = machine.isLater;
  machine.isLater ||= label === 'setTimeout' && machine.epoch === 'new';
  for (const arg of args) {
    if ([...arg.things.keys()].some(({ code }) => code))
      machine.run.call(arg, NOTHING, [element, element], { ...site, dropped: true });
  }
  machine.isLater = before;
  return { things: new Map([[result, 0]]), from: from | FROM.plain };
}

function isCode({ things }: Value): boolean {
  return [...things.keys()].some(({ code }) => code !== undefined);
}

/** The name of the property that a value is; `*` where that is not known. */
function nameIn(value: Value): string {
  return nameOfSymbol(value) ?? '*';
}

function assignAll(target: Value, sources: readonly Value[], site: Site, machine: Machine): Value {
  for (const source of sources) {
    if ((source.from & (CALLERS | FROM.state)) !== 0) machine.set(target, '*', plain(source.from), site);
    for (const [thing, reach] of source.things) {
      for (const name of [...thing.props.keys(), ...thing.accessors.keys()]) {
        machine.set(target, name, machine.get(only(thing, reach), name, site), site);
      }
      if (thing.kind === 'opaque') machine.set(target, '*', only(thing, reach, source.from), site);
    }
  }
  return target;
}

function define(
  label: string,
  [target = NOTHING, key, third = NOTHING, fourth]: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const name =
    (site.node.type === 'CallExpression' && textOf(site.node.arguments[1])) || nameIn(key ?? NOTHING);
  if (label.endsWith('deleteProperty')) {
    machine.set(target, name, key ?? NOTHING, site, 'assign', true);
    return PLAIN;
  }
  if (label === 'Reflect.set') {
    machine.set(target, name, join(third, plain(machine.taintOf(key ?? NOTHING))), site);
    return PLAIN;
  }
  const described = [...third.things.keys()];
  const getter = described.flatMap((each) => [...(each.props.get('get')?.things.keys() ?? [])])[0];
  const setter = described.flatMap((each) => [...(each.props.get('set')?.things.keys() ?? [])])[0];
  if (getter || setter) {
    for (const thing of target.things.keys())
      thing.accessors.set(name, { ...(getter && { get: getter }), ...(setter && { set: setter }) });
    return target;
  }
  const value = join(
    ...described.map((each) => each.props.get('value') ?? NOTHING),
    plain(third.from),
    fourth ?? NOTHING,
  );
  machine.set(target, name, value, site);
  return target;
}

function textOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || !('type' in node) || !('value' in node)) return undefined;
  return node.type === 'StringLiteral' && typeof node.value === 'string' ? node.value : undefined;
}

function created(parent: Value, site: Site, machine: Machine): Value {
  const thing = machine.make(site.node, 'object', '', site.file);
  thing.proto = [...parent.things.keys()][0];
  return only(thing);
}

/** `util.inherits(Client, Parent)` */
function inherited(type: Value, above: Value, machine: Machine): Value {
  for (const own of type.things.keys()) {
    for (const parent of above.things.keys()) {
      const prototype = machine.prototypeOf(own);
      const target = [...(parent.props.get('prototype')?.things.keys() ?? [])][0];
      if (target) prototype.proto = target;
      else prototype.base = parent.kind === 'native' ? `native ${parent.label}` : parent.label;
    }
  }
  return NOTHING;
}

/** A proxy stands for what it is of; the functions that its `get` makes are methods of that by whatever name. */
function proxied(target: Value, handler: Value, site: Site, machine: Machine): Value {
  const got = machine.run.call(machine.get(handler, 'get', site), handler, [target, PLAIN, target], site);
  for (const thing of target.things.keys()) {
    const own = new Set([...thing.props.values()].flatMap(({ things }) => [...things.keys()].map(codeOf)));
    for (const made of got.things.keys())
      if (made.kind === 'function' && made.code && !own.has(codeOf(made)))
        machine.put(thing, '*', only(made));
  }
  return target;
}

const codeOf = ({ code }: Thing) => code?.node;

/** `new Map()`, `new Promise(…)`, `new Date()` */
export function constructNative(type: Thing, args: readonly Value[], site: Site, machine: Machine): Value {
  const [first = NOTHING] = args;
  const { label } = type;
  if (/^(Map|Set|WeakMap|WeakSet|Array)$/.test(label)) {
    const thing = machine.make(site.node, label === 'Array' ? 'array' : 'collection', '', site.file);
    consumed(first, site, machine);
    const elements = first.things.size > 0 ? machine.get(first, '*', site) : NOTHING;
    machine.put(thing, '*', join(elements, machine.get(elements, '*', site), plain(first.from)));
    return only(thing);
  }
  if (label === 'WeakRef') {
    const held = machine.make(site.node, 'collection', '', site.file);
    machine.put(held, '*', first);
    return only(held);
  }
  if (label === 'Proxy') return proxied(first, args[1] ?? NOTHING, site, machine);
  if (label === 'Promise') {
    const promise = machine.make(site.node, 'opaque', 'Promise', site.file);
    const settle = machine.make(site.node, 'opaque', 'resolve', site.file, machine.epoch, 3);
    machine.run.call(first, NOTHING, [only(settle), only(settle)], { ...site, dropped: true });
    machine.put(promise, '*', settle.props.get('*') ?? NOTHING);
    return only(promise);
  }
  const isNew = args.length === 0 && isNewEachTime(label, args, machine);
  const taint = (machine.taintOf(...args) & ~FROM.plain) | (isNew ? FROM.making : 0);
  // What a date gives is the same each time where it is of a day that is written.
  const isOfDay = label === 'Date' && args.length > 0 && (taint & FROM.making) === 0;
  const thing = machine.make(site.node, 'opaque', isOfDay ? 'Date of a day' : label, site.file);
  if (label === 'node:async_hooks.AsyncLocalStorage') thing.base = 'async context';
  return only(thing, 0, taint);
}
