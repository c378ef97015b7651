import { childrenOf } from '../../source/children.ts';
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

/** The names that a function, or a module, declares for all of its own code; those of its blocks are of the blocks alone. */
export function namesDeclaredIn(body: t.Node): readonly string[] {
  const known = declared.get(body);
  if (known) return known;
  const names: string[] = [];
  const isBlock = body.type === 'BlockStatement' || body.type === 'TSModuleBlock';
  for (const each of isBlock ? body.body : [body]) collect(each, names, true);
  declared.set(body, names);
  return names;
}

function collect(node: t.Node, names: string[], isOwn: boolean): void {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      if (isOwn && node.id?.type === 'Identifier') names.push(node.id.name);
      return;
    case 'VariableDeclaration':
      if (isOwn || node.kind === 'var') names.push(...namesOf(node));
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      if (node.declaration) collect(node.declaration, names, isOwn);
      return;
    default:
      if (/Function|Method|^Class/.test(node.type)) return;
      for (const child of childrenOf(node)) collect(child, names, false);
  }
}

const NONE: readonly string[] = [];
const ofScopes = new WeakMap<t.Node, readonly string[]>();

/** The names that a block, a loop, a `switch` or a `catch` has for itself. */
export function namesOfScope(node: t.Node): readonly string[] {
  if (!/^(BlockStatement|For\w*Statement|SwitchStatement|CatchClause)$/.test(node.type)) return NONE;
  const known = ofScopes.get(node);
  if (known) return known;
  const names: string[] = [];
  for (const each of declarationsOf(node))
    if (each.type !== 'VariableDeclaration' || each.kind !== 'var') collect(each, names, true);
  if (node.type === 'CatchClause' && node.param) namesIn(node.param, names);
  ofScopes.set(node, names);
  return names;
}

function declarationsOf(node: t.Node): readonly t.Node[] {
  if (node.type === 'BlockStatement') return node.body.filter(declares);
  if (node.type === 'SwitchStatement')
    return node.cases.flatMap(({ consequent }) => consequent).filter(declares);
  if (node.type === 'ForStatement') return node.init ? [node.init] : [];
  return node.type === 'ForOfStatement' || node.type === 'ForInStatement' ? [node.left] : [];
}

function declares({ type }: t.Statement): boolean {
  return type.endsWith('Declaration');
}

function namesOf({ declarations }: t.VariableDeclaration): string[] {
  const names: string[] = [];
  for (const { id } of declarations) namesIn(id, names);
  return names;
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
