import { prototypeOf } from './functions.ts';
import { baseOf, isAsyncContext } from './bases.ts';
import type { Machine, Site } from './machine.ts';
import { isNewEachTime, NEW } from './made-with.ts';
import { borrowedArguments, borrowedMethod } from './borrowed-calls.ts';
import { callOnCollection, collectionOf } from './collections.ts';
import { isStep, stepped } from './iterators.ts';
import { isSearch, searched } from './searches.ts';
import { callNative, constructNative } from './natives.ts';
import { changesItself } from './changing-calls.ts';
import { keptResult, mayKeepByArgument, noteCode, runGivenCode } from './kept-results.ts';
import { isToldBefore, TOLD } from './tells-apart.ts';
import { isPromiseMethod, settle, settlePromise } from './promises.ts';
import { isHarmlessCall } from './harmless-calls.ts';
import { mayAnswerAnother } from './kept-by-key.ts';
import { CALLERS, FROM, join, NOTHING, only, plain, type Reach, type Thing, type Value } from './values.ts';

/** Methods by which objects of settings give one: what sets any of them may set that. */
const GIVES_SETTING = /^get(OrThrow|Properties)?$/;
const LISTS = /^(push|unshift|splice|sort|reverse|fill|forEach|map|filter|concat)$/;

/** Builds of a class, of a function, or of what cannot be read. */
export function construct(type: Value, args: readonly Value[], site: Site, machine: Machine): Value {
  const built = [...type.things].map(([each, reach]) => {
    if (each.kind === 'native') return constructNative(each, args, site, machine);
    if (!each.code) return callOpaque(each, reach, 'new', args, site, machine);
    const thing = machine.make(site.node, 'instance', each.label, site.file);
    thing.proto = prototypeOf(each, machine);
    return join(only(thing), objectsIn(machine.run.initialise(each, only(thing), args, site)));
  });
  if (type.things.size > 0) return join(...built);
  const thing = machine.make(site.node, 'opaque', 'new', site.file);
  return only(thing, 0, answerOf(machine.taintOf(...args)));
}

/** What `new` gives in place of an instance, where a constructor returns it. */
export function objectsIn({ things }: Value): Value {
  return { things: new Map([...things].filter(([{ kind }]) => /^(object|instance)$/.test(kind))), from: 0 };
}

/** Calls a method by its name on all that a value may be. */
export function callMember(
  receiver: Value,
  name: string,
  args: readonly Value[],
  site: Site,
  machine: Machine,
  self?: Value,
): Value {
  const results: Value[] = [];
  for (const [thing, reach] of receiver.things) {
    machine.watchCall?.(thing, name, site);
    const own = self ?? only(thing, reach);
    const holder = machine.holderOf(thing, name);
    const borrowed = holder ? undefined : borrowedMethod(thing, name);
    if (borrowed !== undefined) {
      const of = borrowedArguments(name, args, site, machine);
      results.push(callMember(of.self, borrowed, of.args, site, machine));
    } else if (!holder && isSearch(thing, name)) results.push(searched(thing, reach, args, site, machine));
    else if (!holder && thing.kind === 'native')
      results.push(callNative(`${thing.label}.${name}`, args, site, machine));
    else if (!holder && /^(call|apply|bind)$/.test(name) && thing.code)
      results.push(borrow(thing, reach, name, args, site, machine));
    else if (!holder && isPromiseMethod(name))
      results.push(settle(only(thing, reach), name, args, site, machine));
    else if (!holder && isStep(thing, name)) results.push(stepped(thing, reach, args, site, machine));
    else if (!holder && collectionOf(thing, name))
      results.push(callOnCollection(thing, reach, name, args, site, machine));
    else if (thing.kind === 'opaque' || (!holder && mayKeepByInheritance(thing, name)))
      results.push(callOpaque(thing, reach, name, args, site, machine));
    else results.push(machine.run.call(machine.get(only(thing, reach), name, site, true), own, args, site));
  }
  if (receiver.things.size === 0 || (receiver.from & CALLERS) !== 0) {
    results.push(
      isPromiseMethod(name)
        ? settle({ ...receiver, things: NOTHING.things }, name, args, site, machine)
        : onPlain(receiver, name, args, site, machine),
    );
  }
  return join(...results);
}

/** What Node's own classes keep of what their methods are given is known of these, and of no others. */
const KNOWN_BASES = /^native (Object|Function|\w*Error|Promise|Map|Set|WeakMap|WeakSet|Array)$/;

/**
 * Whether a method that an instance inherits from one of Node's own classes may keep what it is given, as an emitter
 * keeps listeners. To emit keeps nothing.
 */
function mayKeepByInheritance(thing: Thing, name: string): boolean {
  if (isAsyncContext(thing)) return true;
  const base = baseOf(thing);
  return base?.startsWith('native ') === true && !KNOWN_BASES.test(base) && name !== 'emit';
}

/** A method of text, of a number, or of what the caller gave. */
function onPlain(receiver: Value, name: string, args: readonly Value[], site: Site, machine: Machine): Value {
  const taint = receiver.from | machine.taintOf(...args);
  const labels = [...receiver.things.keys()]
    .filter(({ kind }) => kind === 'opaque')
    .map(({ label }) => label);
  const from = (labels.length > 0 ? labels : ['']).reduce(
    (bits, label) => bits | machine.madeOf(taint, label === '' ? name : `${label}.${name}`, site.node),
    0,
  );
  const element = plain(from & ~FROM.plain);
  const made = args.map((arg) =>
    arg.things.size > 0 ? callBack(arg, [element, element, element], site, machine, args[1]) : NOTHING,
  );
  return join(plain(from & ~FROM.plain), ...made);
}

/** Where what code gives that cannot be read comes from, by what it is given. */
function answerOf(from: number): number {
  return (from & CALLERS) === 0 ? from : (from & ~(FROM.argument | FROM.ambient)) | FROM.answer;
}

/** Runs the functions that a call is given, which it may do. */
export function callBack(
  arg: Value,
  args: readonly Value[],
  site: Site,
  machine: Machine,
  self: Value = NOTHING,
): Value {
  const made: Value[] = [];
  for (const [thing, reach] of arg.things) {
    if (thing.kind === 'function' && thing.code)
      made.push(machine.run.call(only(thing, reach), self, args, { ...site, dropped: false }));
  }
  return join(...made);
}

/** `f.call(self, …)`, `f.apply(self, […])`, `f.bind(self, …)` */
function borrow(
  fn: Thing,
  reach: Reach,
  name: string,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const [self = NOTHING, ...others] = args;
  if (name === 'call') return machine.run.call(only(fn, reach), self, others, site);
  if (name === 'apply') {
    const each = others[0] ? machine.get(others[0], '*', site) : NOTHING;
    return machine.run.call(only(fn, reach), self, [each, each, each, each], site);
  }
  const bound = machine.make(site.node, 'function', fn.label, fn.file);
  if (fn.code) bound.code = { ...fn.code, bound: { self, args: others } };
  machine.changed();
  return only(bound);
}

/** Calls a function that an expression may be. */
export function callValue(
  fn: Value,
  self: Value,
  args: readonly Value[],
  site: Site,
  machine: Machine,
  invoke: (thing: Thing, self: Value, args: readonly Value[], site: Site) => Value,
): Value {
  const results: Value[] = [];
  for (const [thing, reach] of fn.things) {
    if (thing.kind === 'function' && thing.code) results.push(invoke(thing, self, args, site));
    else if (thing.kind === 'native') results.push(callNative(thing.label, args, site, machine));
    else if (thing.label === 'resolve') settlePromise(thing, reach, args, site, machine);
    else if (thing.kind === 'opaque') results.push(callOpaque(thing, reach, '', args, site, machine));
  }
  if (fn.things.size === 0) {
    machine.watchEmpty?.(args, site);
    // A function of the caller's: it may do anything with what it is given.
    const given = args.filter((arg) =>
      [...arg.things].some(
        ([thing, reach]) => machine.outlives(thing, reach) && /^(instance|opaque)$/.test(thing.kind),
      ),
    );
    if (given.length > 0 && (fn.from & CALLERS) !== 0)
      machine.noteUnknown({
        name: 'a function that it is given',
        from: FROM.argument,
        dropped: true,
        file: site.file,
        offset: site.offset,
      });
    results.push(onPlain(fn, '', args, site, machine));
  }
  return join(...results);
}

/** What a call is given, where that is a text that is written out: `.get('token')`. */
function writtenText({ node }: Site): string {
  const [first] = 'arguments' in node ? node.arguments : [];
  return first?.type === 'StringLiteral' ? ` ${first.value}` : '';
}

/** What was put into a context. Where its parts are told apart, what nobody put there has none but those of the request. */
function storeOf(thing: Thing, site: Site, machine: Machine): Value {
  return machine.parts && !thing.props.has('store') ? NOTHING : machine.get(only(thing), 'store', site);
}

/** `context.run(store, fn)`, `context.getStore()`: what a request was given is shown to all that runs for it. */
function inContext(thing: Thing, name: string, args: readonly Value[], site: Site, machine: Machine): Value {
  if (!/^(run|enterWith)$/.test(name))
    return join(machine.ofRequest(`${thing.id}.${name}${writtenText(site)}`), storeOf(thing, site, machine));
  const [store = NOTHING, fn = NOTHING, ...others] = args;
  machine.put(thing, 'store', store);
  return machine.run.call(fn, NOTHING, others, site);
}

/** A call of code that cannot be read. */
function callOpaque(
  thing: Thing,
  reach: Reach,
  name: string,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const label = name === '' || name === 'new' ? thing.label : `${thing.label}.${name}`;
  if (name !== 'new' && isNewEachTime(label, args, machine)) return NEW;
  if (isAsyncContext(thing)) {
    if (name === 'bind') return only(thing, reach);
    machine.noteAmbient(`${label}()`, site);
    return inContext(thing, name, args, site, machine);
  }
  machine.events.works = true;
  machine.noteForeign(thing, site);
  const isKept = reach === 2 || machine.outlives(thing, reach);
  if (isKept && thing.origin && machine.epoch === 'new' && GIVES_SETTING.test(name))
    machine.noteRead(machine.cellOf(thing, '*'), site, true);
  const given = args.some((arg) =>
    [...arg.things].some(
      ([each, own]) => machine.outlives(each, own) && each.region === 'instance' && each.kind !== 'function',
    ),
  );
  const differs = machine.taintOf(...args, thing.props.get(TOLD) ?? NOTHING);
  if (isToldBefore(thing.label, name)) machine.put(thing, TOLD, plain(differs));
  const taint = differs & CALLERS;
  const isOfInstance = isKept && thing.region !== 'module';
  // What a call gave is data, or a part of what it was called on: lists are data.
  const isData = reach === 2 && !given && LISTS.test(name);
  if (
    (isOfInstance || given) &&
    taint !== 0 &&
    name !== 'new' &&
    !isData &&
    !isHarmlessCall(thing.label, name)
  )
    machine.noteUnknown({
      name: label,
      from: taint,
      dropped: site.dropped,
      file: site.file,
      offset: site.offset,
    });
  if (isOfInstance && taint !== 0 && name !== 'new' && mayKeepByArgument(thing, args, site, machine))
    machine.noteUnknown({
      name: label,
      from: taint,
      dropped: true,
      file: site.file,
      offset: site.offset,
    });
  // Who closes what failed makes another one.
  if (isOfInstance && reach !== 2 && !machine.failing && changesItself(thing.label, name, args.length))
    machine.noteWrite(machine.cellOf(thing, '*'), NOTHING, site, 'own');
  const result =
    keptResult(thing, reach, name, machine) ?? machine.make(site.node, 'opaque', `${label}()`, site.file);
  if (thing.base !== undefined && name === 'new') result.base = thing.base;
  noteCode(thing, result, name, args);
  const from = machine.madeOf(answerOf(differs) & ~FROM.plain, label, site.node);
  const next: Reach = isOfInstance ? 2 : 0;
  // What it gives to a function that it is given is of its own, or of what it was given.
  const part = machine.make(site.node, 'opaque', label, site.file, machine.epoch, 1);
  part.region = result.region = isOfInstance ? 'instance' : result.region;
  const ambient = machine.events.ambient.size;
  const told = { name, args, site };
  const made = args.map((arg) =>
    callBack(arg, [only(part, next, from), only(part, next, from)], site, machine, args[1]),
  );
  const ran = runGivenCode(thing, told, machine);
  const readsAmbient = machine.events.ambient.size > ambient;
  if (isOfInstance && mayAnswerAnother(thing, { ...told, made, readsAmbient }, machine))
    machine.noteUnknown({
      name: label,
      from: FROM.argument,
      dropped: true,
      file: site.file,
      offset: site.offset,
    });
  return join(
    only(result, next, from),
    ran,
    ...made.map((each) => ({ things: NOTHING.things, from: each.from & ~FROM.plain })),
  );
}
