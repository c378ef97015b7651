import type { WriteEvent } from './events.ts';
import type * as t from '@babel/types';
import type { Machine, Site } from './machine.ts';
import { type Frame, FROM, NOTHING, reached, type Value, type Variable, withFrom } from './values.ts';

/** The variable that a name means, and where it lives. */
export function variableOf(name: string, frame: Frame): { variable: Variable; frame: Frame } | undefined {
  for (let each: Frame | undefined = frame; each; each = each.parent) {
    const variable = each.vars.get(name);
    if (variable) return { variable, frame: each };
  }
  return undefined;
}

/** What a name stands for; undefined for one that the code does not declare. */
export function lookUp(name: string, frame: Frame, machine: Machine, site: Site): Value | undefined {
  const found = variableOf(name, frame);
  if (!found) return undefined;
  const { variable } = found;
  if (variable.find) {
    const found = variable.find();
    // What the other module may set anew is looked up there each time, as the language does.
    if (isCode(found)) variable.find = undefined;
    machine.widen(variable, found);
    return found;
  }
  const { value } = variable;
  if (!machine.isKept(found.frame)) return value;
  const cell = machine.cellOf(found.frame, name);
  machine.noteRead(cell, site, false);
  const isState = machine.ownState.has(cell.key) && (value.from & FROM.plain) !== 0;
  return withFrom(reached(value, 1), isState ? FROM.state : 0);
}

function isCode({ things }: Value): boolean {
  const kinds = [...things.keys()].map(({ kind }) => kind);
  return kinds.length > 0 && kinds.every((kind) => /^(function|class|module|native)$/.test(kind));
}

/** Gives a variable a value. */
export function setVariable(
  name: string,
  value: Value,
  frame: Frame,
  machine: Machine,
  site: Site,
  {
    how = 'assign',
    empty = false,
    declares = false,
  }: { how?: WriteEvent['how']; empty?: boolean; declares?: boolean },
): void {
  const found = variableOf(name, frame);
  if (!found) return;
  if (!declares && machine.isKept(found.frame))
    machine.noteWrite(machine.cellOf(found.frame, name), value, site, how, empty);
  if (declares && found.frame.parent === undefined)
    for (const thing of value.things.keys()) if (thing.label === '') thing.label = name;
  machine.widen(found.variable, value);
}

const declared = new WeakMap<t.Node, readonly string[]>();

/** The names that a function, or a module, declares for all of its own code. */
export function namesDeclaredIn(body: t.Node): readonly string[] {
  const known = declared.get(body);
  if (known) return known;
  const names: string[] = [];
  collect(body, names, true);
  declared.set(body, names);
  return names;
}

function collect(node: t.Node, names: string[], isTop: boolean): void {
  if (
    !isTop &&
    /^(FunctionDeclaration|ClassDeclaration|TSEnumDeclaration|TSModuleDeclaration)$/.test(node.type)
  ) {
    if ('id' in node && node.id && (node.id as t.Node).type === 'Identifier')
      names.push((node.id as t.Identifier).name);
    return;
  }
  if (!isTop && /Function|Method|^Class/.test(node.type)) return;
  if (node.type === 'VariableDeclarator') namesIn(node.id, names);
  if (node.type === 'CatchClause' && node.param) namesIn(node.param, names);
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key.endsWith('omments') || typeof value !== 'object' || value === null) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === 'object' && each !== null && 'type' in each && typeof each.type === 'string')
        collect(each as t.Node, names, false);
    }
  }
}

const EMPTY: t.Node = { type: 'EmptyStatement' } as t.EmptyStatement;

/** The names of a pattern. */
export function namesIn(pattern: t.Node, names: string[]): void {
  if (pattern.type === 'Identifier') names.push(pattern.name);
  else if (pattern.type === 'AssignmentPattern') namesIn(pattern.left, names);
  else if (pattern.type === 'RestElement') namesIn(pattern.argument, names);
  else if (pattern.type === 'TSParameterProperty') namesIn(pattern.parameter, names);
  else if (pattern.type === 'ArrayPattern')
    for (const each of pattern.elements) namesIn(each ?? EMPTY, names);
  else if (pattern.type === 'ObjectPattern')
    for (const each of pattern.properties) namesIn(each.type === 'RestElement' ? each : each.value, names);
}

export function declare(names: readonly string[], frame: Frame): void {
  for (const name of names) if (!frame.vars.has(name)) frame.vars.set(name, { value: NOTHING });
}
