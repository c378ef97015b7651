import type { Machine } from '../machine.ts';
import { primitive, type Thing, UNDEFINED, type Value } from '../values.ts';
import { decorator, toldByDecorators } from './decorators.ts';
import { calling, constructing, property, Registry, textOf, withMethods } from './registry.ts';

/** `@Service() class Agent`, `Container.set('agent', …)`, `Container.get(Agent)`. */
export function typedi(machine: Machine): Map<string, Thing> {
  const registry = new Registry(machine);
  const isKept = (options: Value | undefined): boolean | undefined => {
    if (options !== undefined && options.is !== 'object' && options.is !== 'primitive') return undefined;
    const told = ['transient', 'multiple'].map((name) => property(options, name));
    if (told.some((each) => textOf(each) === true)) return false;
    return told.every((each) => each === undefined || textOf(each) === false) ? true : undefined;
  };
  const set = (token: Value, value: Value | undefined, options?: Value) => {
    const [factory, type] = ['factory', 'type'].map((name) => property(options, name));
    const make =
      value !== undefined
        ? () => value
        : factory !== undefined
          ? calling(factory, machine)
          : constructing(type ?? token, machine);
    registry.register(token, { make, keeps: value === undefined ? isKept(options) : true });
  };
  const container = withMethods(machine, {
    set: ([first = UNDEFINED, value], self) => {
      if (value !== undefined) set(first, value);
      else if (first.is === 'object')
        set(property(first, 'id') ?? UNDEFINED, property(first, 'value'), first);
      return self;
    },
    get: ([token = UNDEFINED]) =>
      registry.resolve(token, () => {
        const told = toldByDecorators(token, machine);
        return told?.keeps === undefined
          ? undefined
          : { make: constructing(token, machine), keeps: told.keeps };
      }),
    has: ([token = UNDEFINED]) => primitive(registry.has(token)),
  });
  registry.hangOn(container);
  return new Map<string, Thing>([
    ['Container', container],
    ['default', container],
    ['Service', decorator(machine, ([options]) => isKept(options))],
  ]);
}
