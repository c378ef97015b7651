import type { Machine } from '../machine.ts';
import type { Thing } from '../values.ts';
import { awilix } from './awilix.ts';
import { inversify } from './inversify.ts';
import { tsyringe } from './tsyringe.ts';
import { typedi } from './typedi.ts';

/** What containers of packages that inject dependencies export; undefined for other packages. */
export function containersOf(specifier: string, machine: Machine): Map<string, Thing> | undefined {
  switch (specifier) {
    case 'awilix':
      return awilix(machine);
    case 'tsyringe':
      return tsyringe(machine);
    case 'inversify':
      return inversify(machine);
    case 'typedi':
      return typedi(machine);
    default:
      return undefined;
  }
}
