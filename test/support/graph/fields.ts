import { badParameter } from './graph-error.ts';

type Row = Record<string, unknown>;

/** One asked-for field, with what was asked of its inside. */
interface Selection {
  name: string;
  inner: string | undefined;
}

/** Splits `a,b{c,d},e` at its top level. */
export function parseFields(text: string): Selection[] {
  const list = text.startsWith('[') ? text.slice(1, -1).replaceAll('"', '') : text;
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= list.length; at++) {
    const char = list[at];
    if (char === '{' || char === '(') depth++;
    if (char === '}' || char === ')') depth--;
    if (at === list.length || (char === ',' && depth === 0)) {
      parts.push(list.slice(start, at).trim());
      start = at + 1;
    }
  }
  if (depth !== 0) throw badParameter(`Syntax error "Expected end of string" in fields: ${list}`);
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const brace = part.indexOf('{');
      if (brace < 0) return { name: part, inner: undefined };
      return { name: part.slice(0, brace), inner: part.slice(brace + 1, -1) };
    });
}

/**
 * The part of an object that was asked for; `id` is always there. A field that exists and has no value
 * is left out, as Graph does.
 * @param node everything the object has, undefined for a field without value
 * @param type Graph's name of the object's kind, for the error
 */
export function selectFields(
  node: Row,
  fields: string | null,
  type: string,
  defaults: readonly string[] = ['id'],
): Row {
  const wanted: Selection[] =
    fields === null || fields.trim() === ''
      ? defaults.map((name) => ({ name, inner: undefined }))
      : parseFields(fields);
  const picked: Row = {};
  for (const { name, inner } of wanted) {
    if (!Object.hasOwn(node, name)) {
      throw badParameter(`Tried accessing nonexisting field (${name}) on node type (${type})`);
    }
    const value = node[name];
    if (value !== undefined) picked[name] = inner === undefined ? value : selectInner(value, inner, name);
  }
  if (Object.hasOwn(node, 'id')) picked.id = node.id;
  return picked;
}

function selectInner(value: unknown, inner: string, name: string): unknown {
  if (typeof value !== 'object' || value === null) {
    throw badParameter(`Field ${name} specified more than once or has no inside`);
  }
  return selectFields({ ...value }, inner, name);
}
