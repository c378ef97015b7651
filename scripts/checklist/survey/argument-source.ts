import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { patternNames } from '../../../codemods/agent-cache/survey/code/pattern-names.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { isFunction, lastName, statementsOf, wrapped } from './way-syntax.ts';

/**
 * Where an argument comes from: it is the same for the whole process (`fixed`, with a text that tells it from others),
 * each caller of the function around it gives their own (`given`), or that cannot be told.
 */
export type Source = { kind: 'fixed'; text: string } | { kind: 'given' } | { kind: 'untold' };

const GIVEN: Source = { kind: 'given' };
const UNTOLD: Source = { kind: 'untold' };
/** What is called so may be another one for each request. */
const OF_A_REQUEST = /store|context|session|request|current|tenant|als$/i;
const DEEPEST = 12;

/** Where an expression of a program comes from. */
export function sourceOf(node: Node, program: Node, depth = 0): Source {
  if (depth > DEEPEST) return UNTOLD;
  const of = (inner: Node) => sourceOf(inner, program, depth + 1);
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { kind: 'fixed', text: JSON.stringify(node.value) };
    case 'NullLiteral':
      return { kind: 'fixed', text: 'null' };
    case 'Identifier':
      return ofName(node, program, depth);
    case 'TemplateLiteral':
      return together(node.expressions.map(of), node.quasis.map(({ value }) => value.raw).join('$'));
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const name = writtenName(node.property, node.computed);
      const parts = [of(node.object), ...(name === undefined ? [of(node.property)] : [])];
      return together(parts, `.${name ?? '[]'}`);
    }
    case 'LogicalExpression':
    case 'BinaryExpression':
      return together([of(node.left), of(node.right)], node.operator);
    case 'ConditionalExpression':
      return together([node.test, node.consequent, node.alternate].map(of), '?');
    case 'ObjectExpression': {
      const values = node.properties.map((each) =>
        each.type === 'ObjectProperty'
          ? of(each.value)
          : each.type === 'SpreadElement'
            ? of(each.argument)
            : UNTOLD,
      );
      const keys = node.properties.map((each) =>
        'key' in each ? writtenName(each.key, each.computed) : '…',
      );
      return together(values, `{${keys.join()}}`);
    }
    case 'ArrayExpression':
      return together(
        node.elements.map((each) => (each === null || each.type === 'SpreadElement' ? UNTOLD : of(each))),
        '[]',
      );
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const { callee } = node;
      const called = of(callee);
      const args = node.arguments.map((each) =>
        each.type === 'SpreadElement' ? of(each.argument) : of(each),
      );
      const name = lastName(callee);
      const all = together([called, ...args], '()');
      return all.kind === 'fixed' && OF_A_REQUEST.test(name) ? UNTOLD : all;
    }
    default: {
      const below = wrapped(node);
      return below === undefined ? UNTOLD : of(below);
    }
  }
}

function ofName(node: Extract<Node, { type: 'Identifier' }>, program: Node, depth: number): Source {
  const { name } = node;
  const fixed: Source = { kind: 'fixed', text: name };
  let functions = 0;
  for (const around of pathTo(program, node).reverse()) {
    if (isFunction(around)) {
      functions += 1;
      // What a function further out was given may be the same for the whole process, as a configuration is.
      if (around.params.flatMap(patternNames).includes(name)) return functions === 1 ? GIVEN : UNTOLD;
    }
    if (around.type === 'CatchClause' && around.param && patternNames(around.param).includes(name))
      return GIVEN;
    const loop = 'left' in around && isNodeOf(around.left, 'VariableDeclaration') ? around.left : undefined;
    if (loop?.declarations.some(({ id }) => patternNames(id).includes(name))) return GIVEN;
    for (const each of statementsOf(around)) {
      const statement = each.type === 'ExportNamedDeclaration' && each.declaration ? each.declaration : each;
      if (statement.type !== 'VariableDeclaration') continue;
      const declared = statement.declarations.find(({ id }) => patternNames(id).includes(name));
      if (declared === undefined) continue;
      const init = declared.init ? sourceOf(declared.init, program, depth + 1) : UNTOLD;
      if (init.kind === 'given' || statement.kind === 'const')
        return declared.id.type === 'Identifier' ? init : together([init], `.${name}`);
      return UNTOLD;
    }
  }
  return OF_A_REQUEST.test(name) ? UNTOLD : fixed;
}

function together(parts: readonly Source[], around: string): Source {
  if (parts.some(({ kind }) => kind === 'given')) return GIVEN;
  if (parts.some(({ kind }) => kind === 'untold')) return UNTOLD;
  return {
    kind: 'fixed',
    text: [...parts.map((each) => ('text' in each ? each.text : '')), around].join(' '),
  };
}

/** The nodes around a node, the outermost first. */
export function pathTo(program: Node, target: Node): Node[] {
  const path: Node[] = [];
  for (let at: Node | undefined = program; at !== undefined && at !== target; ) {
    path.push(at);
    at = childrenOf(at).find((child) => holds(child, target));
  }
  return path;
}

function holds({ start, end }: Node, target: Node): boolean {
  return (start ?? 0) <= (target.start ?? 0) && (target.end ?? 0) <= (end ?? 0);
}

function isNodeOf<Type extends Node['type']>(
  node: unknown,
  type: Type,
): node is Extract<Node, { type: Type }> {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === type;
}
