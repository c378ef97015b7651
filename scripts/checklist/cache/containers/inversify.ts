import type { Machine } from '../machine.ts';
import { primitive, type Thing, UNDEFINED, type Value } from '../values.ts';
import { decorator, toldByDecorators } from './decorators.ts';
import { calling, constructing, names, property, Registry, textOf, withMethods } from './registry.ts';

/** `container.bind(Agent).toSelf().inSingletonScope()`, `container.get(Agent)`. */
export function inversify(machine: Machine): Map<string, Thing> {
  const { run } = machine;
  const scopes = new Map<unknown, boolean>([
    ['Singleton', true],
    ['Transient', false],
    ['Request', false],
  ]);
  const construct = run.function(([options]) => {
    const registry = new Registry(machine);
    const asked = property(options, 'defaultScope');
    const usual = asked === undefined ? false : scopes.get(textOf(asked));
    const bind = (token: Value): Thing => {
      const bound = (make: () => Value, keeps: boolean | undefined): Thing => {
        const entry = registry.register(token, { make, keeps });
        const scoped = (is: boolean) => () => {
          entry.properties.set('#keeps', primitive(is));
          return run.unknown();
        };
        return withMethods(machine, {
          inSingletonScope: scoped(true),
          inTransientScope: scoped(false),
          inRequestScope: scoped(false),
        });
      };
      const ofClass = (type: Value) => bound(constructing(type, machine), scopeOf(type, usual, machine));
      return withMethods(machine, {
        to: ([type = UNDEFINED]) => ofClass(type),
        toSelf: () => ofClass(token),
        toConstantValue: ([value = UNDEFINED]) => bound(() => value, true),
        toDynamicValue: ([make = UNDEFINED]) => bound(calling(make, machine), usual),
      });
    };
    const container = withMethods(machine, {
      bind: ([token = UNDEFINED]) => bind(token),
      rebind: ([token = UNDEFINED]) => bind(token),
      get: ([token = UNDEFINED]) => registry.resolve(token),
      getAsync: ([token = UNDEFINED]) => registry.resolve(token),
      isBound: ([token = UNDEFINED]) => primitive(registry.has(token)),
    });
    registry.hangOn(container);
    return container;
  });
  const kinds = names(machine, { Singleton: 'Singleton', Transient: 'Transient', Request: 'Request' });
  return new Map<string, Thing>([
    ['Container', run.thing('class', { properties: [['#construct', construct]] })],
    ['BindingScopeEnum', kinds],
    ['bindingScopeValues', kinds],
    ['injectable', decorator(machine, ([scope]) => scopes.get(textOf(scope)), true)],
  ]);
}

/** The scope that a class of inversify says of itself, or else the usual one. */
function scopeOf(type: Value, usual: boolean | undefined, machine: Machine): boolean | undefined {
  const told = toldByDecorators(type, machine);
  return told === undefined ? undefined : (told.keeps ?? usual);
}
