import type { Machine } from './machine.ts';
import type { Run } from './run.ts';
import { areOfCaller, isOfCaller, primitive, textOf, type Thing, UNDEFINED, type Value } from './values.ts';

/** A list of which every element is known. */
export function listOf(values: readonly Value[], run: Run): Thing {
  const elements = values.map((each, index): [string, Value] => [String(index), each]);
  const list = run.thing('object', { isList: true, properties: new Map(elements) });
  return values.some((each) => run.holdsSample(each))
    ? Object.assign(list, { sample: textOf(list), fromCaller: true })
    : list;
}

/** A method of a list of which every element is known, that asks a function about each. */
export function listMethod(list: Thing, name: string, machine: Machine): Value | undefined {
  const { run } = machine;
  const elements = elementsOf(list) ?? [];
  const ask = (callback: Value | undefined, element: Value, index: number) =>
    machine.call(callback ?? UNDEFINED, [element, primitive(index), list], UNDEFINED);
  const isTrue = (callback: Value | undefined) => (element: Value, index: number) =>
    machine.truth(ask(callback, element, index));
  switch (name) {
    case 'length':
      return primitive(elements.length);
    case 'push':
      return run.function((added) => {
        fill(list, [...elements, ...added]);
        return primitive(elements.length + added.length);
      });
    case 'pop':
      return run.function(() => {
        fill(list, elements.slice(0, -1));
        return elements.at(-1) ?? UNDEFINED;
      });
    case 'unshift':
      return run.function((added) => {
        fill(list, [...added, ...elements]);
        return primitive(elements.length + added.length);
      });
    case 'shift':
      return run.function(() => {
        fill(list, elements.slice(1));
        return elements[0] ?? UNDEFINED;
      });
    case 'splice':
      return run.function(([from, many = primitive(elements.length), ...added]) => {
        const [start, count] = [asNumber(from), asNumber(many)];
        const left = [...elements];
        const taken = start === undefined || count === undefined ? left : left.splice(start, count, ...added);
        fill(list, left === taken ? [] : left);
        return left === taken ? run.unknown() : listOf(taken, run);
      });
    case 'map':
      return run.function(([each]) =>
        listOf(
          elements.map((element, index) => ask(each, element, index)),
          run,
        ),
      );
    case 'filter':
      return run.function(([each]) => listOf(elements.filter(isTrue(each)), run));
    case 'some':
      return run.function(([each]) => primitive(elements.some(isTrue(each))));
    case 'every':
      return run.function(([each]) => primitive(elements.every(isTrue(each))));
    case 'find':
      return run.function(([each]) => elements.find(isTrue(each)) ?? UNDEFINED);
    case 'reduce':
      return run.function(([each, ...from]) => {
        const [first = UNDEFINED, ...rest] = [...from, ...elements];
        return rest.reduce(
          (sum, element) => machine.call(each ?? UNDEFINED, [sum, element], UNDEFINED),
          first,
        );
      });
    case 'forEach':
      return run.function(([each]) => {
        for (const [index, element] of elements.entries()) ask(each, element, index);
        return UNDEFINED;
      });
    default:
      return undefined;
  }
}

/** Sets the length of a list: what stands behind it is gone, and all where nobody knows it. */
export function cutTo(list: Thing, length: Value): void {
  fill(list, (elementsOf(list) ?? []).slice(0, asNumber(length) ?? 0));
}

function fill(list: Thing, elements: readonly Value[]): void {
  for (const [index, each] of elements.entries()) list.properties.set(String(index), each);
  for (const key of [...list.properties.keys()].slice(elements.length)) list.properties.delete(key);
}

function asNumber(value: Value | undefined): number | undefined {
  return value?.is === 'primitive' && typeof value.value === 'number' ? value.value : undefined;
}

export function elementsOf(list: Value): Value[] | undefined {
  return list.is !== 'primitive' && list.isList === true ? [...list.properties.values()] : undefined;
}

/** A method of a list, of which no more is known than whether it gives the same for the same. */
export function listMember(list: Thing, { run }: Machine): Thing {
  const told = areOfCaller([list]) ? { fromCaller: true } : {};
  const isCalled = ({ is }: Value) => is === 'function' || is === 'class';
  return run.function((args) => {
    const isBlind = [...args, ...list.properties.values()].some(isCalled);
    if (!isBlind) return run.thing('unknown', args.some(isOfCaller) ? { fromCaller: true } : told);
    run.blindCalls += 1;
    run.givenAway.push(list, ...args);
    return run.thing('unknown', { isMadeOutside: true });
  }, told);
}
