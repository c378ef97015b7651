import type * as t from '@babel/types';
import type { Machine, Site } from './machine.ts';
import type { WriteEvent } from './events.ts';
import { type Frame, FROM, NOTHING, only, plain, join, type Value, withFrom } from './values.ts';
import { consumed } from './iterators.ts';
import { nameOfSymbol } from './symbols.ts';
import { setVariable, variableOf } from './variables.ts';

interface How {
  how?: WriteEvent['how'];
  empty?: boolean;
  /** It declares the names of the pattern. */
  declares?: boolean;
}

/** The name of a key; `*` for one that the code computes. */
export function nameOfKey(
  key: t.Node,
  computed: boolean | undefined,
  frame: Frame,
  machine: Machine,
): string {
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0)
    return key.quasis[0]?.value.cooked ?? '*';
  if (!computed && key.type === 'Identifier') return key.name;
  return (computed && nameOfSymbol(machine.run.evaluate(key, frame))) || '*';
}

/** Gives the names and members of a pattern what they take of a value. */
export function assign(target: t.Node, value: Value, frame: Frame, machine: Machine, how: How = {}): void {
  const site: Site = { node: target, file: frame.file, offset: target.start ?? 0, dropped: false, frame };
  switch (target.type) {
    case 'Identifier':
      setVariable(target.name, value, frame, machine, site, how);
      return;
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const owner = machine.run.evaluate(target.object, frame);
      const name = nameOfKey(target.property, target.computed, frame, machine);
      // What is written under a name that the caller gives says that name.
      const key =
        target.computed && name === '*'
          ? machine.madeOf(machine.taintOf(machine.run.evaluate(target.property, frame)), 'String')
          : 0;
      const at = name === '*' ? { ...site, keyFrom: key } : site;
      machine.set(owner, name, key === 0 ? value : withFrom(value, key), at, how.how, how.empty);
      return;
    }
    case 'AssignmentPattern': {
      const fallback = machine.run.evaluate(target.right, frame);
      assign(target.left, join(value, fallback), frame, machine, how);
      return;
    }
    case 'RestElement':
      assign(target.argument, value, frame, machine, how);
      return;
    case 'ArrayPattern':
      consumed(value, site, machine);
      for (const [index, element] of target.elements.entries()) {
        if (!element) continue;
        if (element.type === 'RestElement')
          assign(element, copyOf(value, element, frame, machine), frame, machine, how);
        else assign(element, machine.get(value, String(index), site), frame, machine, how);
      }
      return;
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'RestElement')
          assign(property, copyOf(value, property, frame, machine), frame, machine, how);
        else {
          const name = nameOfKey(property.key, property.computed, frame, machine);
          assign(
            property.value,
            machine.get(value, name, { ...site, offset: property.start ?? 0 }),
            frame,
            machine,
            how,
          );
        }
      }
      return;
    case 'TSParameterProperty':
      assign(target.parameter, value, frame, machine, how);
      return;
    default:
      if ('expression' in target && typeof target.expression === 'object')
        assign(target.expression as t.Node, value, frame, machine, how);
  }
}

/** `...rest`: an object of its own with the properties of another. */
function copyOf(value: Value, at: t.Node, frame: Frame, machine: Machine): Value {
  const site: Site = { node: at, file: frame.file, offset: at.start ?? 0, dropped: false, frame };
  const copy = machine.make(at, 'array', '', frame.file);
  machine.put(copy, '*', join(machine.get(value, '*', site), value.from === 0 ? NOTHING : plain(value.from)));
  return only(copy);
}

/** `count++`: a number of whatever had it before, not of a request. */
export function counted(target: t.Node, known: Value | undefined, frame: Frame, machine: Machine): Value {
  const value = plain((known?.from ?? 0) & ~FROM.plain);
  assign(target, value, frame, machine, { how: 'change' });
  return value;
}

/** The cells that a target stands for, of what outlives the run. */
export function targetCells(target: t.Node, frame: Frame, machine: Machine): string[] {
  if (target.type === 'Identifier') {
    const found = variableOf(target.name, frame);
    return found && machine.isKept(found.frame) ? [machine.cellOf(found.frame, target.name).key] : [];
  }
  if (target.type !== 'MemberExpression' && target.type !== 'OptionalMemberExpression') {
    const inner =
      'expression' in target && typeof target.expression === 'object'
        ? (target.expression as t.Node)
        : undefined;
    return inner ? targetCells(inner, frame, machine) : [];
  }
  const owner = machine.run.evaluate(target.object, frame);
  const name = nameOfKey(target.property, target.computed, frame, machine);
  const own = [...owner.things].flatMap(([thing, reach]) =>
    machine.outlives(thing, reach) ? [machine.cellOf(thing, name).key] : [],
  );
  // `this.session?.token` is empty where there is no session.
  return target.type === 'OptionalMemberExpression'
    ? [...own, ...targetCells(target.object, frame, machine)]
    : own;
}
