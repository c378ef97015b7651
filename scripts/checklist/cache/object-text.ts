import type { ClassMethod, Node } from '@babel/types';
import { isOutsideJson, isTextless, nameInType, saysText, typeOfMember } from './declared-type.ts';
import { madeOfFresh } from './fresh.ts';
import { RUN_TOGETHER, runIntoEachOther } from './joined-texts.ts';
import { toldText } from './key-text.ts';
import { listOf } from './lists.ts';
import type { Machine } from './machine.ts';
import type { Run } from './run.ts';
import { derived } from './telling.ts';
import { areOfCaller, primitive, textOf, type Thing, type Value } from './values.ts';

/** What the language says of an object that says nothing of itself, whatever is in it. */
const PLAIN = primitive('[object Object]');

/**
 * What becomes of an object where a text is wanted: the same text for all that have none of their own, so that it tells
 * none from another. Undefined for what is no object, or of which that is not known.
 */
export function objectText(value: Value, machine: Machine): Value | undefined {
  if (value.is === 'primitive' || value.agent) return undefined;
  if (value.declared !== undefined && isTextless(value.declared, machine.graph)) return PLAIN;
  // Whether it is a text nobody knows of which no type is told.
  if (value.without !== undefined && value.declared === undefined)
    return derived(machine.run, `text(${textOf(value)})`, ['untold', 'a text of it']);
  if (value.is !== 'object') return undefined;
  if (value.isList === true) return joined(value, primitive(','), machine);
  if (value.sample !== undefined || value.reckoned !== undefined || value.fresh !== undefined)
    return undefined;
  if (value.entries !== undefined) return primitive('[object Map]');
  const own = value.properties.get('toString');
  if (own !== undefined) return machine.call(own, [], value);
  if (value.properties.has('valueOf') || value.properties.has('@@@toPrimitive')) return undefined;
  for (let type = value.parent; type !== undefined; type = type.parent) {
    if (type.class === undefined || type.scope === undefined) return undefined;
    const saying = type.class.body.body.filter(saysText);
    const [method] = saying.filter(isToString);
    if (method !== undefined && saying.length === 1) return machine.invoke(method, type.scope, [], value);
    if (saying.length > 0) return undefined;
  }
  return PLAIN;
}

/** A function of a list, or of an object, that makes such a text of it; undefined for all others. */
export function textMethod(value: Thing, name: string, machine: Machine): Value | undefined {
  const { run } = machine;
  if (name === 'join') {
    const isDeclared = value.declared && typeOfMember(value.declared, '0', machine.graph) !== undefined;
    if (value.isList !== true) return isDeclared ? given(objectText(value, machine), run) : undefined;
    const isNeeded = joined(value, primitive(','), machine) !== undefined;
    return isNeeded
      ? run.function(([by = primitive(',')]) => joined(value, by, machine) ?? run.unknown())
      : undefined;
  }
  return /^to(?:Locale)?String$/.test(name) ? given(objectText(value, machine), run) : undefined;
}

function given(text: Value | undefined, run: Run): Thing | undefined {
  return text && run.function(() => text);
}

/** The text of a list that is told, or in which is something that has none of its own; undefined for all others. */
function joined(list: Thing, by: Value, machine: Machine): Value | undefined {
  const elements = [...list.properties.values()];
  const texts = elements.map((each) => objectText(each, machine));
  const isTold =
    elements.length > 0 && (elements.every(({ is }) => is === 'primitive') || areOfCaller(elements));
  if (!isTold && texts.every((each) => each === undefined)) return undefined;
  const parts = texts.map((each, index) => each ?? elements[index] ?? primitive(''));
  return textOfParts(
    parts.flatMap((each, index) => (index > 0 ? [by, each] : [each])),
    machine.run,
  );
}

/** What the same code makes of some values and texts, which is the same whenever they are. */
export function textOfParts(parts: readonly (Value | string)[], run: Run): Value {
  const values = parts.filter((each) => typeof each !== 'string');
  if (values.every((each) => each.is === 'primitive'))
    return primitive(
      parts
        .map((each) => String(typeof each === 'string' ? each : (each as { value: unknown }).value))
        .join(''),
    );
  if (values.some((each) => run.holdsSample(each))) {
    const all = parts.map((each) => (typeof each === 'string' ? primitive(each) : each));
    const text = textOf(listOf(all, run));
    return runIntoEachOther(all, run) ? derived(run, text, RUN_TOGETHER) : run.sample(text);
  }
  const fresh = madeOfFresh('text', values, run);
  if (fresh !== undefined) return fresh;
  return run.thing('unknown', areOfCaller(values) ? { fromCaller: true, told: toldText(parts) } : {});
}

/**
 * What JSON shows of a value: nothing of a Map or a Set, and nothing private of an object. Undefined where that is all of
 * it, or is not known.
 */
export function jsonText(value: Value, { run, graph }: Machine): Value | undefined {
  if (value.is !== 'primitive' && value.declared !== undefined && isOutsideJson(value.declared, graph))
    return primitive('{}');
  const shown = shownOf(value, run);
  if (shown === value) return undefined;
  return areOfCaller([shown]) || run.holdsSample(shown)
    ? textOfParts(['', shown], run)
    : primitive(textOf(shown));
}

function shownOf(value: Value, run: Run): Value {
  if (value.is !== 'object' || value.agent || (value.sample !== undefined && value.isList !== true))
    return value;
  if (value.entries !== undefined) return run.thing('object');
  for (let type = value.parent; type !== undefined; type = type.parent)
    if (type.class === undefined || type.class.body.body.some(saysJson)) return value;
  const properties = [...value.properties].map(([name, each]): [string, Value] => [name, shownOf(each, run)]);
  const shown = properties.filter(([name]) => !name.startsWith('#'));
  const isAll =
    shown.length === properties.length && shown.every(([name, each]) => value.properties.get(name) === each);
  return isAll ? value : run.thing('object', { properties: shown });
}

function saysJson(member: Node): boolean {
  const name = nameInType(member);
  return 'key' in member && (name === undefined || name === 'toJSON');
}

function isToString(member: Node): member is ClassMethod {
  return member.type === 'ClassMethod' && nameInType(member) === 'toString';
}
