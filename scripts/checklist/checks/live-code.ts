import { walk } from '../source/walk.ts';
import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { lastName } from './makers.ts';

/** Whether a condition always holds, or never; undefined where that is not known. */
type Truth = (test: Node) => boolean | undefined;

const NONE: ReadonlySet<Node> = new Set();

/** Calls `visit` with every node that may run, parents first: not with what no condition leads to, or a return leaves out. */
export function walkLive(node: Node, truth: Truth, visit: (node: Node) => void): void {
  visit(node);
  const dead = deadParts(node, truth);
  for (const child of childrenOf(node)) if (!dead.has(child)) walkLive(child, truth, visit);
}

/** What literals, and constants that are literals, decide. */
export function literalTruth(lookup: (name: string) => Node | undefined): Truth {
  const asked = new Set<string>();
  const ofName = (name: string): boolean | undefined => {
    // Two constants of one name, in two functions, may come to each other.
    if (name === 'undefined' || asked.has(name)) return name === 'undefined' ? false : undefined;
    asked.add(name);
    const node = lookup(name);
    const value = node && truth(node);
    asked.delete(name);
    return value;
  };
  const truth = (test: Node): boolean | undefined => {
    switch (test.type) {
      case 'BooleanLiteral':
      case 'NumericLiteral':
      case 'StringLiteral':
        return Boolean(test.value);
      case 'NullLiteral':
        return false;
      case 'Identifier':
        return ofName(test.name);
      case 'UnaryExpression': {
        const value = test.operator === '!' ? truth(test.argument) : undefined;
        return value === undefined ? undefined : !value;
      }
      case 'LogicalExpression': {
        const sides = [truth(test.left), truth(test.right)];
        if (test.operator === '&&') return sides.includes(false) ? false : isAll(sides, true);
        return test.operator === '||' ? (sides.includes(true) ? true : isAll(sides, false)) : undefined;
      }
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        return truth(test.expression);
      default:
        return undefined;
    }
  };
  return truth;
}

function isAll(sides: readonly (boolean | undefined)[], value: boolean): boolean | undefined {
  return sides.every((each) => each === value) ? value : undefined;
}

function deadParts(node: Node, truth: Truth): ReadonlySet<Node> {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression': {
      const holds = truth(node.test);
      const dead = holds === undefined ? undefined : holds ? node.alternate : node.consequent;
      return dead ? new Set([dead]) : NONE;
    }
    case 'LogicalExpression': {
      const left = truth(node.left);
      const isOver = (node.operator === '&&' && left === false) || (node.operator === '||' && left === true);
      return isOver ? new Set([node.right]) : NONE;
    }
    case 'WhileStatement':
    case 'ForStatement':
      return node.test && truth(node.test) === false ? new Set([node.body]) : NONE;
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return behindEnd(node.body, truth);
    case 'SwitchCase':
      return behindEnd(node.consequent, truth);
    default:
      return NONE;
  }
}

/** What stands behind a statement that always leaves; functions are known before it, and what is imported or exported. */
function behindEnd(statements: readonly Node[], truth: Truth): ReadonlySet<Node> {
  const end = statements.findIndex((each) => leaves(each, truth));
  if (end === -1) return NONE;
  return new Set(
    statements.slice(end + 1).filter(({ type }) => !/^(?:Import|Export|FunctionDeclaration)/.test(type)),
  );
}

/** Whether nothing runs behind a statement. */
function leaves(statement: Node | null | undefined, truth: Truth): boolean {
  switch (statement?.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    case 'BlockStatement':
      return statement.body.some((each) => leaves(each, truth));
    case 'IfStatement': {
      const holds = truth(statement.test);
      if (holds !== undefined) return leaves(holds ? statement.consequent : statement.alternate, truth);
      return leaves(statement.consequent, truth) && leaves(statement.alternate, truth);
    }
    case 'ExpressionStatement': {
      const { expression } = statement;
      if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return false;
      return lastName(expression.callee) === 'exit' && lastName(expression.callee.object) === 'process';
    }
    default:
      return false;
  }
}

/** The names that a module has once, as constants. */
export function fixedNames(nodes: readonly Node[]): Set<string> {
  const times = new Map<string, number>();
  const constant = new Set<string>();
  const note = (pattern: Node) =>
    walk(pattern, (each) => {
      if (each.type === 'Identifier') times.set(each.name, (times.get(each.name) ?? 0) + 1);
    });
  for (const node of nodes) {
    if (node.type === 'CatchClause' && node.param) note(node.param);
    else if (node.type === 'ImportSpecifier' || node.type === 'ImportDefaultSpecifier') note(node.local);
    else if ('params' in node && Array.isArray(node.params)) (node.params as Node[]).forEach(note);
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id } of node.declarations) {
      note(id);
      if (id.type === 'Identifier' && node.kind === 'const') constant.add(id.name);
    }
  }
  return new Set([...constant].filter((name) => times.get(name) === 1));
}
