import type { Machine } from './machine.ts';
import { isRejection, settledValue, type Thing, UNDEFINED, type Value } from './values.ts';

/** `new Promise((resolve) => …)`: what it is resolved with at once, or what it is resolved with later, if ever. */
export function promised(executor: Value | undefined, machine: Machine): Value {
  const { run } = machine;
  const deferred: { value?: Value } = {};
  const born = run.journal.births + 1;
  const settle = (value: Value) => {
    if (deferred.value !== undefined) return UNDEFINED;
    run.change(() => delete deferred.value, born);
    deferred.value = value;
    return UNDEFINED;
  };
  const resolve = run.function(([given = UNDEFINED]) => settle(given));
  const reject = run.function(() => settle(run.thing('unknown', { isRejection: true })));
  if (executor !== undefined && executor.is !== 'primitive')
    machine.call(executor, [resolve, reject], UNDEFINED);
  return deferred.value === undefined || deferred.value.is === 'primitive'
    ? run.thing('unknown', { deferred })
    : deferred.value;
}

/** Promises are what they are fulfilled with, so that every value may be waited for. */
export function promiseMethod(value: Value, name: string, machine: Machine): Thing | undefined {
  switch (name) {
    case 'then':
      return machine.run.function(([next, failed]) => {
        if (isRejection(value)) return rejected(failed, value, machine);
        return next === undefined || next.is === 'primitive'
          ? value
          : fulfilled(next, settledValue(value), machine);
      });
    case 'catch':
      return machine.run.function(([failed]) =>
        isRejection(value) ? rejected(failed, value, machine) : value,
      );
    case 'finally':
      return machine.run.function(([last]) => {
        if (last !== undefined && last.is !== 'primitive')
          machine.run.putOff({ isSure: true, call: () => machine.call(last, [], UNDEFINED) });
        return value;
      });
    default:
      return undefined;
  }
}

/** What a handler of failures makes of a promise that is rejected. */
function rejected(handler: Value | undefined, promise: Value, machine: Machine): Value {
  return handler === undefined || handler.is === 'primitive'
    ? promise
    : machine.run.promise(machine.call(handler, [machine.run.unknown()], UNDEFINED));
}

/** What a callback makes of a promise's value. It runs after the code around it, so what it sets is set once more then. */
function fulfilled(next: Thing, value: Value, machine: Machine): Value {
  const { made } = machine.run;
  const before = made.length;
  const result = machine.run.promise(machine.call(next, [value], UNDEFINED));
  if (made.length === before)
    machine.run.putOff({ isSure: true, call: () => machine.call(next, [value], UNDEFINED) });
  return result;
}
