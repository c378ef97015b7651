import type { Machine } from '../machine.ts';
import { primitive, type Thing, UNDEFINED, type Value } from '../values.ts';
import { calling, constructing, names, property, Registry, textOf, withMethods } from './registry.ts';

/** `container.register({ agent: asClass(Agent).singleton() })`, `container.resolve('agent')`, `container.cradle.agent`. */
export function awilix(machine: Machine): Map<string, Thing> {
  const { run } = machine;
  const lifetimes = new Map<unknown, boolean>([
    ['SINGLETON', true],
    ['SCOPED', true],
    ['TRANSIENT', false],
  ]);
  const resolver = (make: () => Value, options: Value | undefined): Thing => {
    const lifetime = property(options, 'lifetime');
    const isPlain = options === undefined || options.is === 'primitive' || options.is === 'object';
    const keeps = lifetime === undefined ? false : lifetimes.get(textOf(lifetime));
    const made: Thing = withMethods(machine, {
      ...Object.fromEntries(
        [...lifetimes].map(([name, each]) => [
          String(name).toLowerCase(),
          () => {
            made.properties.set('#keeps', primitive(each));
            return made;
          },
        ]),
      ),
      ...Object.fromEntries(['inject', 'disposer', 'classic', 'proxy'].map((name) => [name, () => made])),
    });
    made.properties.set('#make', run.function(make));
    made.properties.set('#keeps', primitive(isPlain ? keeps : undefined));
    return made;
  };
  const createContainer = run.function(() => {
    const registry = new Registry(machine);
    const cradle = run.thing('object', { getters: new Map() });
    const add = (name: string, given: Value): void => {
      const make = given.is === 'primitive' ? UNDEFINED : (given.properties.get('#make') ?? UNDEFINED);
      const keeps = given.is === 'primitive' ? undefined : textOf(given.properties.get('#keeps'));
      registry.register(primitive(name), {
        make: () => machine.call(make, [], UNDEFINED),
        keeps: typeof keeps === 'boolean' ? keeps : undefined,
      });
      cradle.getters?.set(name, () => registry.resolve(primitive(name)));
    };
    const container = withMethods(machine, {
      register: ([first = UNDEFINED, given = UNDEFINED], self) => {
        if (first.is === 'object') for (const [name, each] of first.properties) add(name, each);
        else if (typeof textOf(first) === 'string') add(String(textOf(first)), given);
        return self;
      },
      resolve: ([name = UNDEFINED]) => registry.resolve(name),
    });
    registry.hangOn(container);
    container.properties.set('cradle', cradle);
    return container;
  });
  const asValue = run.function(([value = UNDEFINED]) => {
    const made = resolver(() => value, undefined);
    made.properties.set('#keeps', primitive(true));
    return made;
  });
  return new Map<string, Thing>([
    ['createContainer', createContainer],
    [
      'asClass',
      run.function(([type = UNDEFINED, options]) => resolver(constructing(type, machine), options)),
    ],
    ['asFunction', run.function(([make = UNDEFINED, options]) => resolver(calling(make, machine), options))],
    ['asValue', asValue],
    ['Lifetime', names(machine, { SINGLETON: 'SINGLETON', SCOPED: 'SCOPED', TRANSIENT: 'TRANSIENT' })],
  ]);
}
