import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { programOf } from './reading-of.ts';

const known = new OncePerProject<ReadonlySet<number>>();

/**
 * Whether what is written at a place is what the function around it is given: who builds an agent may call that without
 * it, to read, and others with it. What a constructor is given belongs to whom it builds.
 */
export function isGivenByCaller(file: string, offset: number, project: Project): boolean {
  return known.of(project, file, () => writesOfParameters(file, project)).has(offset);
}

function writesOfParameters(file: string, project: Project): ReadonlySet<number> {
  const found = new Set<number>();
  const note = (at: NodePath, values: readonly NodePath[]) => {
    if (!values.some((each) => takesFromCaller(each))) return;
    found.add(at.node.start ?? -1);
    // `({ token } = given)` writes at each of its names.
    const left = at.isAssignmentExpression() ? at.get('left') : undefined;
    if (left?.isPattern()) left.traverse({ enter: ({ node }) => void found.add(node.start ?? -1) });
  };
  programOf(file, project)?.traverse({
    AssignmentExpression: (at) => note(at, [at.get('right')]),
  });
  return found;
}

/** How many names may lie between what is written and what a function is given. */
const MAX_NAMES = 4;

/** Whether a value has something that a function around it is given, but for a constructor: by its name, or a constant. */
function takesFromCaller(value: NodePath, names = MAX_NAMES): boolean {
  let does = false;
  const look = (name: NodePath<t.Identifier>) => {
    const binding = name.scope.getBinding(name.node.name);
    const isOfAll = name.node.name === 'arguments' && !binding && name.getFunctionParent() !== null;
    const init = names > 0 && binding?.scope.path.isProgram() === false ? initBehind(binding) : undefined;
    does ||= isOfAll || isOfFunction(binding) || (init !== undefined && takesFromCaller(init, names - 1));
  };
  if (value.isIdentifier()) look(value);
  else value.traverse({ Identifier: look });
  return does;
}

function isOfFunction(binding: Binding | undefined): boolean {
  const fn = binding?.kind === 'param' ? binding.scope.path : undefined;
  return fn !== undefined && !(fn.isClassMethod() && fn.node.kind === 'constructor');
}

/** The place among the parameters of a function of the one that a value is. */
function parameterOf(value: NodePath, fn: NodePath<t.Function>): number | undefined {
  const binding = bindingOf(value);
  const isOwn =
    binding?.kind === 'param' && binding.scope.block === fn.node && binding.path.listKey === 'params';
  return isOwn && binding.path.isIdentifier() ? Number(binding.path.key) : undefined;
}

/**
 * The place of the parameter without which nothing is written there, since that asks whether it is given:
 * `if (token) kept = token`; undefined where it is written in any case.
 */
export function parameterAskedFor(at: NodePath): number | undefined {
  const stated = at.isExpressionStatement() ? at.get('expression') : at;
  const assignment = stated.find((each) => each.isAssignmentExpression() || each.isFunction());
  if (!assignment?.isAssignmentExpression()) return undefined;
  const fn = assignment.getFunctionParent();
  const right = assignment.get('right');
  // `kept = token ?? kept`
  const isElse = right.isLogicalExpression() && right.node.operator !== '&&';
  const index = fn ? parameterOf(isElse ? right.get('left') : right, fn) : undefined;
  if (index === undefined || !fn) return undefined;
  if (isElse) return isSame(right.node.right, assignment.node.left) ? index : undefined;
  const asks = (test: NodePath | null | undefined) =>
    test !== undefined && test !== null && asksFor(test, fn, index);
  for (let each: NodePath = assignment; each.node !== fn.node; each = each.parentPath as NodePath) {
    const { parentPath: parent, key } = each;
    if (parent?.isIfStatement() && key === 'consequent' && asks(parent.get('test'))) return index;
    if (parent?.isLogicalExpression({ operator: '&&' }) && key === 'right' && asks(parent.get('left')))
      return index;
  }
  return undefined;
}

/** `kept`, `this.kept` */
function isSame(one: t.Node, other: t.Node): boolean {
  if (one.type === 'Identifier') return other.type === 'Identifier' && one.name === other.name;
  if (one.type === 'ThisExpression') return other.type === 'ThisExpression';
  if (one.type !== 'MemberExpression' || other.type !== 'MemberExpression' || one.computed || other.computed)
    return false;
  return isSame(one.object, other.object) && isSame(one.property, other.property);
}

/** `token`, `token !== undefined` */
function asksFor(test: NodePath, fn: NodePath<t.Function>, index: number): boolean {
  if (parameterOf(test, fn) === index) return true;
  if (!test.isBinaryExpression() || !/^!==?$/.test(test.node.operator)) return false;
  const { right } = test.node;
  const isNothing =
    right.type === 'NullLiteral' || (right.type === 'Identifier' && right.name === 'undefined');
  return isNothing && parameterOf(test.get('left') as NodePath, fn) === index;
}
