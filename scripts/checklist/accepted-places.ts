import { isNode } from './source/walk.ts';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node } from '@babel/types';
import { parseSource } from '../../codemods/agent-cache/source/parse.ts';
import { type BaselineEntry, sortEntries } from './baseline.ts';
import type { Detection } from './detector.ts';
import type { Finding, ItemReport } from './report.ts';
import { standsAt, wordsOf } from './place-text.ts';
import { writtenName } from '../../codemods/agent-cache/survey/code/written-name.ts';

/** A place that is unfinished today. */
export interface TodaysPlace extends BaselineEntry {
  line: number;
  /** Whether a text is that of its code, however a formatter has laid it out. */
  reads: (text: string) => boolean;
}

/** Every place that is unfinished today, told by what stands there. Files that do not parse have none. */
export function placesToday(
  root: string,
  agentClass: string,
  { unfinished }: Detection,
  findings: ReadonlyMap<string, readonly Finding[]>,
  items: readonly ItemReport[],
): TodaysPlace[] {
  const found = new Map<string, { kind: string; line: number; column: number }[]>();
  const add = (file: string, place: { kind: string; line: number; column: number }) =>
    found.set(file, [...(found.get(file) ?? []), place]);
  for (const [file, { occurrences }] of unfinished) for (const each of occurrences) add(file, each);
  for (const [file, more] of findings)
    for (const { id, line, column } of more) add(file, { kind: id, line, column });
  for (const { path: file, verdict, ok } of items)
    if (verdict === 'unchecked' && !ok) add(file, { kind: 'unchecked', line: 0, column: 0 });
  return sortEntries([...found].flatMap(([file, each]) => describe(root, agentClass, file, each)));
}

function describe(
  root: string,
  agentClass: string,
  file: string,
  places: readonly { kind: string; line: number; column: number }[],
): TodaysPlace[] {
  const text = read(path.join(root, file)).replaceAll(/\r\n?/g, '\n');
  const words = wordsOf(text);
  const { namesAt, endOf } = surroundings(file, text);
  return places.map(({ kind, line, column }) => {
    const name = namesAt(line, column);
    const from = offsetOf(text, line);
    const at = from + column - 1;
    const end = text.indexOf('\n', Math.max(at, endOf(at)));
    const code = line === 0 ? '' : normalized(text.slice(from, end === -1 ? undefined : end));
    return {
      path: file,
      kind,
      ...(name === '' ? {} : { in: name }),
      ...(code === '' ? {} : { text: code }),
      line,
      reads: (wanted) => standsAt(wanted, words, at, agentClass),
    };
  });
}

/** Where a line begins, which is counted from 1. */
function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let left = line; left > 1; left -= 1) at = text.indexOf('\n', at) + 1;
  return at;
}

/** A formatter may have been over it. */
function normalized(line: string): string {
  return line.trim().replace(/\s+/g, ' ').replaceAll('"', "'").replace(/;$/, '');
}

interface Around {
  from: [number, number];
  to: [number, number];
  name: string;
}

interface Surroundings {
  /** The names of the functions around a place, outermost first, as `setup > router.get('/')`. */
  namesAt: (line: number, column: number) => string;
  /** Where what begins at an offset ends, with all its arguments; no call that is given a whole function. */
  endOf: (offset: number) => number;
}

function surroundings(file: string, text: string): Surroundings {
  const found: Found = { functions: [], ends: new Map() };
  try {
    collect(parseSource(file, text).program, '', found);
  } catch {
    return { namesAt: () => '', endOf: () => 0 };
  }
  return {
    namesAt: (line, column) =>
      found.functions
        .filter(({ from, to }) => isBefore(from, [line, column - 1]) && isBefore([line, column - 1], to))
        .map(({ name }) => name)
        .filter((name) => name !== '')
        .join(' > '),
    endOf: (offset) => found.ends.get(offset) ?? 0,
  };
}

interface Found {
  functions: Around[];
  /** Of calls and constructions, by where they begin. */
  ends: Map<number, number>;
}

function isBefore([line, column]: [number, number], [other, otherColumn]: [number, number]): boolean {
  return line < other || (line === other && column <= otherColumn);
}

/** @returns whether there is a function in it */
function collect(node: Node, name: string, found: Found): boolean {
  const isFunction = /Function|ObjectMethod|ClassMethod|ClassPrivateMethod/.test(node.type);
  const own = ownName(node) ?? name;
  if ((isFunction || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.loc) {
    const { start, end } = node.loc;
    found.functions.push({ from: [start.line, start.column], to: [end.line, end.column], name: own });
  }
  let hasFunction = isFunction;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) hasFunction = collect(child, nameGivenTo(node, child), found) || hasFunction;
    }
  }
  const isCall = node.type === 'NewExpression' || node.type === 'CallExpression';
  if (isCall && !hasFunction && node.start != null && node.end != null)
    found.ends.set(node.start, Math.max(node.end, found.ends.get(node.start) ?? 0));
  return hasFunction;
}

function ownName(node: Node): string | undefined {
  if ('id' in node && node.id?.type === 'Identifier') return node.id.name;
  if (node.type === 'ObjectMethod' || node.type === 'ClassMethod')
    return writtenName(node.key, node.computed);
  return node.type === 'ClassPrivateMethod' ? writtenName(node.key, false) : undefined;
}

/** What a function is called by what it is given to: a variable, a property, a call with its first text. */
function nameGivenTo(node: Node, child: Node): string {
  switch (node.type) {
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' ? node.id.name : '';
    case 'ObjectProperty':
    case 'ClassProperty':
      return node.value === child ? (writtenName(node.key, node.computed === true) ?? '') : '';
    case 'AssignmentExpression':
      return node.left.type === 'MemberExpression'
        ? (writtenName(node.left.property, node.left.computed) ?? '')
        : '';
    case 'CallExpression': {
      const [first] = node.arguments;
      const callee = lastNames(node.callee);
      return first?.type === 'StringLiteral' ? `${callee}('${first.value}')` : callee;
    }
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return '';
    default:
      return '';
  }
}

function lastNames(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return '';
  return `${lastNames(node.object)}.${writtenName(node.property, node.computed) ?? ''}`;
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : '';
}
