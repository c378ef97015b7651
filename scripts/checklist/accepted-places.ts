import { isNode } from './source/walk.ts';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node } from '@babel/types';
import { parseSource } from '../../codemods/agent-cache/source/parse.ts';
import { type BaselineEntry, sortEntries } from './baseline.ts';
import type { Detection } from './detector.ts';
import type { Finding, ItemReport } from './report.ts';
import { writtenName } from '../../codemods/agent-cache/survey/code/written-name.ts';

/** A place that is unfinished today. */
export interface TodaysPlace extends BaselineEntry {
  line: number;
}

/** Every place that is unfinished today, told by what stands there. Files that do not parse have none. */
export function placesToday(
  root: string,
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
  const places = [...found].flatMap(([file, each]) => describe(root, file, each));
  return sortEntries(places).map((entry) => ({ ...entry, line: entry.line ?? 0 }));
}

function describe(
  root: string,
  file: string,
  places: readonly { kind: string; line: number; column: number }[],
): TodaysPlace[] {
  const text = read(path.join(root, file));
  const lines = text.split(/\r\n|\n|\r/);
  const around = namesAround(file, text);
  return places.map(({ kind, line, column }) => {
    const name = around(line, column);
    const code = normalized(lines[line - 1] ?? '');
    return {
      path: file,
      kind,
      ...(name === '' ? {} : { in: name }),
      ...(code === '' ? {} : { text: code }),
      line,
    };
  });
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

/** The names of the functions around a place, outermost first, as `setup > router.get('/')`. */
function namesAround(file: string, text: string): (line: number, column: number) => string {
  const functions: Around[] = [];
  try {
    collect(parseSource(file, text.replace(/^\uFEFF/, '')).program, '', functions);
  } catch {
    return () => '';
  }
  return (line, column) =>
    functions
      .filter(({ from, to }) => isBefore(from, [line, column - 1]) && isBefore([line, column - 1], to))
      .map(({ name }) => name)
      .filter((name) => name !== '')
      .join(' > ');
}

function isBefore([line, column]: [number, number], [other, otherColumn]: [number, number]): boolean {
  return line < other || (line === other && column <= otherColumn);
}

function collect(node: Node, name: string, found: Around[]): void {
  const isFunction = /Function|ObjectMethod|ClassMethod|ClassPrivateMethod/.test(node.type);
  const own = ownName(node) ?? name;
  if ((isFunction || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.loc) {
    const { start, end } = node.loc;
    found.push({ from: [start.line, start.column], to: [end.line, end.column], name: own });
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) collect(child, nameGivenTo(node, child), found);
    }
  }
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
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
