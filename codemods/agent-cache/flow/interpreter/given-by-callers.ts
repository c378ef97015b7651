import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
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
    if (values.some((each) => parameterIn(each) !== undefined)) found.add(at.node.start ?? -1);
  };
  programOf(file, project)?.traverse({
    AssignmentExpression: (at) => note(at, [at.get('right')]),
    CallExpression: (at) => note(at, at.get('arguments') as NodePath[]),
  });
  return found;
}

/** The place among its parameters of what a value takes from the function around it, but for a constructor. */
function parameterIn(value: NodePath): number | undefined {
  const fn = value.getFunctionParent();
  if (!fn || (fn.isClassMethod() && fn.node.kind === 'constructor')) return undefined;
  let found: number | undefined;
  const look = (name: NodePath<t.Identifier>) => {
    const binding = name.scope.getBinding(name.node.name);
    if (binding?.kind !== 'param' || binding.scope.block !== fn.node) return;
    const param = binding.path.find(({ listKey, parent }) => listKey === 'params' && parent === fn.node);
    found ??= param ? Number(param.key) : undefined;
  };
  if (value.isIdentifier()) look(value);
  else value.traverse({ Identifier: look });
  return found;
}

/**
 * The place of the parameter without which nothing is written there, since that asks whether it is given:
 * `if (token) kept = token`; undefined where it is written in any case.
 */
export function parameterAskedFor(at: NodePath): number | undefined {
  const stated = at.isExpressionStatement() ? at.get('expression') : at;
  const assignment = stated.find((each) => each.isAssignmentExpression() || each.isFunction());
  if (!assignment?.isAssignmentExpression()) return undefined;
  const index = parameterIn(assignment.get('right'));
  const fn = assignment.getFunctionParent();
  if (index === undefined || !fn) return undefined;
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

/** `token`, `token !== undefined`, `arguments.length > 0` */
function asksFor(test: NodePath, fn: NodePath<t.Function>, index: number): boolean {
  const name = (value: NodePath): boolean => {
    if (!value.isIdentifier()) return false;
    const binding = value.scope.getBinding(value.node.name);
    return binding?.kind === 'param' && binding.path.key === index && binding.scope.block === fn.node;
  };
  if (name(test)) return true;
  if (!test.isBinaryExpression({ operator: '!==' }) && !test.isBinaryExpression({ operator: '!=' }))
    return false;
  const { right } = test.node;
  const isNothing =
    right.type === 'NullLiteral' || (right.type === 'Identifier' && right.name === 'undefined');
  return isNothing && name(test.get('left') as NodePath);
}
