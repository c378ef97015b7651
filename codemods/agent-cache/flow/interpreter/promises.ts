import type { Machine, Site } from './machine.ts';
import { OF_CALLER } from './parts.ts';
import { join, NOTHING, plain, type Reach, type Thing, type Value } from './values.ts';

/** Whether a method is one by which a promise is waited for. */
export function isPromiseMethod(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}

/** `.then`, `.catch` and `.finally`: what a promise is resolved with stands for it. */
export function settle(
  value: Value,
  name: string,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): Value {
  const inner = { ...site, dropped: name === 'finally' };
  const [first = NOTHING, second] = args;
  if (name === 'then') {
    const made = first.things.size > 0 ? machine.run.call(first, NOTHING, [value], inner) : value;
    return join(made, second ? machine.run.call(second, NOTHING, [plain(0)], inner) : NOTHING);
  }
  const before = machine.failing;
  machine.failing ||= name === 'catch';
  const made = machine.run.call(
    first,
    NOTHING,
    name === 'catch' ? [plain(value.from & OF_CALLER)] : [],
    inner,
  );
  machine.failing = before;
  return name === 'catch' ? join(value, made) : value;
}

/** What a promise is resolved with, it gives to all who await it. */
export function settlePromise(
  resolve: Thing,
  reach: Reach,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): void {
  const value = join(...args);
  if (machine.outlives(resolve, reach) && machine.epoch !== 'new')
    machine.noteWrite(machine.cellOf(resolve, '*'), value, site, 'change');
  machine.put(resolve, '*', value);
}
