import type { NodePath } from '@babel/traverse';
import type { Reading, Source } from '../../migration.ts';
import { definitionOf } from '../code/definitions.ts';
import type { FunctionPath } from '../code/placement.ts';
import { familyOf, ownerOfMethod } from './owner-of-method.ts';
import { isUnseen } from './unseen-objects.ts';

/**
 * What a call by its name may run where nothing shows that: any method of that name on an object of which nothing is
 * known, those of its class and of what extends it on one that is declared to be of a class. Undefined where it runs none.
 */
export function methodsRunOn(object: NodePath, source: Source): ((fn: FunctionPath) => boolean) | undefined {
  const owner = definitionOf(object, source);
  if (owner?.kind === 'instance') {
    const family = familyOf(owner.path, source);
    return (fn) => ownerOfMethod(fn, source)?.of === family;
  }
  return owner === undefined && isUnseen(object, source) ? () => true : undefined;
}

/** Whether one method may run where another is called, by a class that extends the other's. */
export function isOverridden(called: NodePath, fn: FunctionPath, source: Reading): boolean {
  if (!called.isFunction()) return false;
  const family = ownerOfMethod(called as FunctionPath, source)?.of;
  return family !== undefined && family === ownerOfMethod(fn, source)?.of;
}
