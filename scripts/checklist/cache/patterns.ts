import type { Node, ObjectPattern } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { declare, declaredOf } from './declared-type.ts';
import { listOf } from './lists.ts';
import type { Machine } from './machine.ts';
import { read } from './objects.ts';
import { write } from './property-writes.ts';
import type { Run } from './run.ts';
import { isNullish, isOfCaller, type Scope, type Thing, type Value } from './values.ts';

interface Place {
  scope: Scope;
  machine: Machine;
  /** Whether the names become names of the scope, rather than those that are known there. */
  isNew: boolean;
}

/** Assigns to names and members, and to those of patterns, of which each takes its part of the value. */
export function assignTo(target: Node, value: Value, place: Place): void {
  const { scope, machine, isNew } = place;
  if (isNew) declare(value, declaredOf(target, machine.fileOf(scope)), machine.graph);
  switch (target.type) {
    case 'Identifier': {
      const owner = isNew ? scope : (scope.owner(target.name) ?? scope);
      owner.names.set(target.name, value);
      return;
    }
    case 'AssignmentPattern':
      assignTo(target.left, isAbsent(value, machine) ? machine.evaluate(target.right, scope) : value, place);
      return;
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'RestElement')
          assignTo(property.argument, othersOf(value, target, machine.run), place);
        else
          assignTo(property.value, read(value, writtenName(property.key, property.computed), machine), place);
      }
      return;
    case 'ArrayPattern':
      for (const [index, element] of target.elements.entries())
        if (element) assignTo(element, read(value, String(index), machine), place);
      return;
    case 'RestElement':
      assignTo(target.argument, isList(value) ? value : restOf([value], machine.run), place);
      return;
    case 'MemberExpression':
      write(
        machine.evaluate(target.object, scope),
        machine.keyAt(target.property, target.computed, scope),
        value,
        machine,
      );
      return;
    case 'TSParameterProperty':
      assignTo(target.parameter, value, place);
      return;
    default:
      if ('expression' in target && typeof target.expression === 'object')
        assignTo(target.expression, value, place);
  }
}

/** Whether nothing is given for what has a default; a sample may be nothing. */
function isAbsent(value: Value, machine: Machine): boolean {
  const isSample = value.is !== 'primitive' && value.sample !== undefined;
  return isSample ? machine.isNullish(value) : isNullish(value) === true;
}

/** A list of values, of which no more is known than whether the caller gave them. */
export function restOf(values: readonly Value[], run: Run): Thing {
  if (values.some((each) => run.holdsSample(each))) return listOf(values, run);
  return run.thing('unknown', values.some(isOfCaller) ? { fromCaller: true } : {});
}

/** What a pattern leaves of an object, where all that it has is known. */
function othersOf(value: Value, { properties }: ObjectPattern, run: Run): Value {
  const taken = new Set(
    properties.flatMap((each) =>
      each.type === 'ObjectProperty' ? (writtenName(each.key, each.computed) ?? []) : [],
    ),
  );
  if (value.is !== 'primitive' && value.without !== undefined) return value.without(taken);
  const isKnown = value.is === 'object' && !value.agent && value.parent === undefined && !value.sample;
  if (!isKnown || value.entries !== undefined) return value;
  return run.thing('object', {
    properties: new Map([...value.properties].filter(([name]) => !taken.has(name))),
    ...(value.getters && { getters: value.getters }),
  });
}

function isList(value: Value): boolean {
  return value.is !== 'primitive' && value.isList === true;
}
