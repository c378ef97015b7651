import type { Machine } from '../machine.ts';
import { primitive, type Thing, type Value } from '../values.ts';
import { textOf } from './registry.ts';

/** A decorator that says whether a class is made once: nothing where it leaves that to the container. */
export function decorator(
  machine: Machine,
  keeps: (args: Value[]) => boolean | undefined,
  isOptional = false,
): Thing {
  const { run } = machine;
  return run.function((args) => {
    const told = keeps(args);
    const isLeft = told === undefined && isOptional && args.length === 0;
    return run.thing('function', {
      properties: [['#scope', primitive(isLeft ? 'usual' : told)]],
    });
  });
}

/** What the decorators of a class say; undefined where they are not seen, or one is not understood. */
export function toldByDecorators(type: Value, machine: Machine): { keeps?: boolean } | undefined {
  if (type.is !== 'class' || type.class === undefined || type.scope?.parent === undefined) return undefined;
  const { scope } = type;
  const outer = scope.parent ?? scope;
  const told = (type.class.decorators ?? []).map(({ expression }) => {
    const made = machine.evaluate(expression, outer);
    return made.is === 'primitive' ? undefined : textOf(made.properties.get('#scope'));
  });
  if (told.some((each) => each === undefined)) return undefined;
  const keeps = told.filter((each) => typeof each === 'boolean');
  return keeps.length === 0 ? {} : { keeps: keeps.includes(true) };
}
