import type { Machine } from '../machine.ts';
import { type Thing, UNDEFINED, type Value } from '../values.ts';
import { decorator, toldByDecorators } from './decorators.ts';
import { calling, constructing, names, property, Registry, textOf, withMethods } from './registry.ts';

const TSYRINGE_LIFECYCLES = { Transient: 0, Singleton: 1, ResolutionScoped: 2, ContainerScoped: 3 };

/** `container.registerSingleton(Agent)`, `@singleton() class Agent`, `container.resolve(Agent)`. */
export function tsyringe(machine: Machine): Map<string, Thing> {
  const { run } = machine;
  const registry = new Registry(machine);
  const isKept = (lifecycle: Value | undefined): boolean | undefined => {
    const told = lifecycle === undefined ? 0 : textOf(lifecycle);
    return typeof told === 'number' ? told === 1 || told === 3 : undefined;
  };
  const container = withMethods(machine, {
    register: ([token = UNDEFINED, provider = UNDEFINED, options], self) => {
      const [type, factory, value] = ['useClass', 'useFactory', 'useValue'].map((name) =>
        property(provider, name),
      );
      const keeps = isKept(property(options, 'lifecycle'));
      if (value !== undefined) registry.register(token, { make: () => value, keeps: true });
      else if (factory !== undefined)
        registry.register(token, { make: calling(factory, machine), keeps: false });
      else
        registry.register(token, {
          make: constructing(type ?? provider, machine),
          keeps: type === undefined && provider.is !== 'class' ? undefined : keeps,
        });
      return self;
    },
    registerSingleton: ([token = UNDEFINED, type = token], self) => {
      registry.register(token, { make: constructing(type, machine), keeps: true });
      return self;
    },
    registerInstance: ([token = UNDEFINED, value = UNDEFINED], self) => {
      registry.register(token, { make: () => value, keeps: true });
      return self;
    },
    resolve: ([token = UNDEFINED]) =>
      registry.resolve(token, () => {
        const told = toldByDecorators(token, machine);
        return told && { make: constructing(token, machine), keeps: told.keeps ?? false };
      }),
  });
  registry.hangOn(container);
  const once = run.function(([make = UNDEFINED]) => {
    const kept = run.thing('object');
    return run.function(
      () => {
        const held = kept.properties.get('#held') ?? machine.call(make, [container], UNDEFINED);
        kept.properties.set('#held', held);
        return held;
      },
      { properties: [['#kept', kept]] },
    );
  });
  return new Map<string, Thing>([
    ['container', container],
    ['instanceCachingFactory', once],
    ['Lifecycle', names(machine, TSYRINGE_LIFECYCLES)],
    ['singleton', decorator(machine, () => true)],
    ['scoped', decorator(machine, ([lifecycle]) => isKept(lifecycle))],
    ['injectable', decorator(machine, () => false)],
    ['autoInjectable', decorator(machine, () => false)],
  ]);
}
