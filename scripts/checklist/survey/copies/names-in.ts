import type { Node } from '@babel/types';
import { patternNames } from '../../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { writtenName } from '../../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../../source/walk.ts';
import { isField, lastName } from '../way-syntax.ts';

/** What stands at names of a file, wherever in it. */
export interface Names {
  /** What a name is set to, at its declaration or later. */
  values: Map<string, Node[]>;
  /** What a property of a name's value is taken as: `const { cache } = require`. */
  picked: Map<string, { from: Node; name: string }>;
  /** The lists that a name goes through. */
  listed: Map<string, Node[]>;
  /** What fields of classes are set to, by their names. */
  fields: Map<string, Node[]>;
  /** What is appended to a name. */
  appended: Map<string, Node[]>;
  /** Addresses to which something is added that loads take for another module. */
  changed: Set<string>;
}

/** Reads what stands at the names of a program, whatever function they are in. */
export function namesIn(program: Node): Names {
  const names: Names = {
    values: new Map(),
    picked: new Map(),
    listed: new Map(),
    fields: new Map(),
    appended: new Map(),
    changed: new Set(),
  };
  walk(program, (node) => readNames(node, names));
  return names;
}

function readNames(node: Node, { values, picked, listed, fields, appended, changed }: Names): void {
  if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration')
    for (const { id } of node.left.declarations)
      if (id.type === 'Identifier') note(listed, id.name, node.right);
  if (node.type === 'VariableDeclarator' && node.init) {
    if (node.id.type === 'Identifier') note(values, node.id.name, node.init);
    if (node.id.type === 'ObjectPattern')
      for (const each of node.id.properties) {
        const name = each.type === 'ObjectProperty' ? writtenName(each.key, each.computed) : undefined;
        if (each.type !== 'ObjectProperty' || name === undefined) continue;
        for (const local of patternNames(each.value)) picked.set(local, { from: node.init, name });
      }
  }
  if (node.type === 'FunctionDeclaration' && node.id) note(values, node.id.name, node);
  if (isField(node) && node.value) note(fields, lastName(node.key), node.value);
  if (node.type === 'AssignmentExpression') {
    const { left, operator, right } = node;
    if (left.type === 'Identifier') note(operator === '+=' ? appended : values, left.name, right);
    if (left.type === 'MemberExpression' && left.object.type === 'Identifier')
      if (/^(?:search|hash|href)$/.test(lastName(left))) changed.add(left.object.name);
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
  const { object } = node.callee;
  if (object.type !== 'MemberExpression' || lastName(object) !== 'searchParams') return;
  if (object.object.type === 'Identifier' && /^(?:set|append)$/.test(lastName(node.callee)))
    changed.add(object.object.name);
}

function note(map: Map<string, Node[]>, name: string, node: Node): void {
  map.set(name, [...(map.get(name) ?? []), node]);
}
