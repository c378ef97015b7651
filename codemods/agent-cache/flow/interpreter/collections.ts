import type { Machine, Site } from './machine.ts';
import { baseOf } from './bases.ts';
import { ITERATOR } from './iterators.ts';
import { OF_CALLER } from './parts.ts';
import { join, NOTHING, only, plain, type Reach, type Thing, type Value } from './values.ts';

const ADDS = /^(push|unshift|splice|fill|set|add)$/;
const TAKES = /^(pop|shift|splice)$/;
const CHANGES = /^(pop|shift|delete|clear|sort|reverse|copyWithin)$/;
const GIVES_ELEMENT = /^(get|at|find|findLast|pop|shift|deref)$/;
const GIVES_LIST =
  /^(filter|slice|concat|flat|reverse|sort|toReversed|toSorted|toSpliced|with|keys|values|entries|splice|union|difference|intersection)$/;
const GIVES_PLAIN =
  /^(has|includes|indexOf|lastIndexOf|findIndex|findLastIndex|some|every|join|toString|push|unshift|delete|clear|forEach)$/;
const CALLS_BACK =
  /^(map|flatMap|forEach|filter|find|findLast|findIndex|findLastIndex|some|every|reduce|reduceRight|sort|toSorted)$/;

/** Whether a method is one that lists, maps and sets have, on one of those. */
export function collectionOf(thing: Thing, name: string): boolean {
  const isCollection =
    thing.kind === 'array' ||
    thing.kind === 'collection' ||
    (thing.kind === 'instance' && /^native (Map|Set|WeakMap|WeakSet|Array)$/.test(baseOf(thing) ?? ''));
  return (
    isCollection &&
    [ADDS, CHANGES, GIVES_ELEMENT, GIVES_LIST, GIVES_PLAIN, CALLS_BACK].some((names) => names.test(name))
  );
}

/** A method of a list, a map or a set. */
export function callOnCollection(
  thing: Thing,
  reach: Reach,
  name: string,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const self = only(thing, reach);
  if (ADDS.test(name) || CHANGES.test(name)) change(thing, reach, name, args, site, machine);
  // What only adds to a list, or takes away from it, does not look at what is there.
  const looks =
    !/^(set|add|clear|fill)$/.test(name) &&
    !(site.dropped && /^(push|unshift|delete|splice|sort|reverse)$/.test(name));
  const element = looks ? machine.get(self, '*', site, TAKES.test(name)) : NOTHING;
  const made = CALLS_BACK.test(name) ? callBacks(name, element, args, site, machine) : NOTHING;
  if (/^(map|flatMap)$/.test(name)) return listOf(made, site, machine);
  if (name.startsWith('reduce')) return join(made, args[1] ?? NOTHING);
  if (GIVES_ELEMENT.test(name)) return element;
  if (GIVES_LIST.test(name)) {
    const given = listOf(join(element, within(name, element, args, site, machine)), site, machine);
    if (/^(keys|values|entries)$/.test(name)) for (const list of given.things.keys()) list.label = ITERATOR;
    return given;
  }
  if (/^(set|add|fill)$/.test(name)) return self;
  return plain(element.from | (machine.taintOf(...args) & OF_CALLER));
}

function change(
  thing: Thing,
  reach: Reach,
  name: string,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): void {
  const given = name === 'splice' ? args.slice(2) : name === 'fill' ? args.slice(0, 1) : args;
  const isAdding = ADDS.test(name) && given.length > 0;
  // A key says as much as a value.
  const value = isAdding ? join(...given) : plain(machine.taintOf(...args) & OF_CALLER);
  if (machine.outlives(thing, reach)) {
    const cell = machine.cellOf(thing, '*');
    // `beside.set(this, …)` is kept for the instance, wherever the map is.
    const isKeyed = given.some(({ things }) =>
      [...things].some(([each]) => each.kind === 'instance' && each.region === 'instance'),
    );
    const at = /^(set|delete)$/.test(name) ? { ...site, keyFrom: machine.taintOf(args[0] ?? NOTHING) } : site;
    machine.noteWrite(isKeyed ? { ...cell, region: 'instance' } : cell, value, at, 'change');
  }
  if (isAdding) machine.put(thing, '*', name === 'set' ? (args[1] ?? NOTHING) : value);
}

function callBacks(
  name: string,
  element: Value,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const [callback = NOTHING, initial = NOTHING] = args;
  const inner: Site = { ...site, dropped: name === 'forEach' };
  const given = name.startsWith('reduce') ? [join(initial, element), element] : [element, plain(0)];
  const isSort = /sort/i.test(name);
  const self = name.startsWith('reduce') ? NOTHING : initial;
  const first = machine.run.call(callback, self, isSort ? [element, element] : given, inner);
  if (!name.startsWith('reduce')) return first;
  return join(first, machine.run.call(callback, NOTHING, [join(initial, first), element], inner));
}

/** What a list holds besides the elements: those of lists that are given, or in it, and its pairs. */
function within(name: string, element: Value, args: readonly Value[], site: Site, machine: Machine): Value {
  if (name === 'concat') return elementsOf(args, site, machine);
  if (name === 'flat') return elementsOf([element], site, machine);
  if (name !== 'entries') return NOTHING;
  const pair = machine.make(site.node, 'array', '', site.file, machine.epoch, 3);
  machine.put(pair, '*', element);
  return only(pair);
}

function elementsOf(args: readonly Value[], site: Site, machine: Machine): Value {
  return join(...args.map((arg) => (arg.things.size > 0 ? machine.get(arg, '*', site) : arg)));
}

/** A list of its own with some elements. */
export function listOf(element: Value, site: Site, machine: Machine): Value {
  const list = machine.make(site.node, 'array', '', site.file, machine.epoch, 2);
  machine.put(list, '*', element);
  return only(list);
}
