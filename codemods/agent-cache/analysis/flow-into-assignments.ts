import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Flow, Holding } from './flow.ts';
import { followProperty } from './flow-into-classes.ts';
import { keptProblem } from './flow-problems.ts';
import { isRequestScoped } from './handlers.ts';
import { keyName, propertyName } from './members.ts';
import { programsMentioning } from './opened-files.ts';

/** Follows an agent that is assigned: to a variable, to a property of something local, or to the request. */
export function followAssignment(
  flow: Flow,
  assignment: NodePath<t.AssignmentExpression>,
  holding: Holding,
): void {
  const left = assignment.get('left');
  if (left.isIdentifier()) {
    const binding = assignment.scope.getBinding(left.node.name);
    if (binding?.scope.getFunctionParent()?.block === assignment.getFunctionParent()?.node) {
      flow.followBinding(binding, holding);
    } else if (!holding.part) flow.fail(keptProblem(assignment, flow.migration));
  } else if (left.isMemberExpression()) {
    if (!holding.part) followIntoProperty(flow, assignment, left, holding);
  } else if (left.isObjectPattern() || left.isArrayPattern()) flow.followTarget(left as NodePath, holding);
  flow.follow(assignment, holding);
}

function followIntoProperty(
  flow: Flow,
  assignment: NodePath,
  left: NodePath<t.MemberExpression>,
  holding: Holding,
): void {
  const name = propertyName(left.node);
  const object = left.get('object') as NodePath;
  const { owner } = holding.frame;
  if (object.isThisExpression() && owner && name !== undefined) followProperty(flow, owner, name, holding);
  else if (!isRequestScoped(left)) flow.fail(keptProblem(assignment, flow.migration));
  else if (name === undefined) return;
  else {
    const binding = object.isIdentifier() ? object.scope.getBinding(object.node.name) : undefined;
    if (binding?.path.isVariableDeclarator())
      flow.followBinding(binding, { ...holding, path: [name, ...holding.path] });
    else followRequest(flow, name, holding);
  }
}

/** What the files of the package do to `req.name` and `res.locals.name`, for an agent that travels with a request. */
function followRequest(flow: Flow, name: string, { path, frame }: Holding): void {
  const { fn, depth } = frame;
  // One property may be given what another of the same name holds.
  const property = `request.${[name, ...path].join('.')}`;
  if (flow.properties.has(property)) return;
  flow.properties.add(property);
  const holding: Holding = {
    path,
    part: false,
    indirect: true,
    frame: { fn, call: undefined, owner: undefined, depth: depth + 1, returned: [] },
  };
  for (const program of programsMentioning(name, flow.migration)) {
    program.traverse({
      MemberExpression: (member) => {
        if (propertyName(member.node) === name && isRequest(member.node.object)) flow.follow(member, holding);
      },
      VariableDeclarator: (declarator) => {
        const { id, init } = declarator.node;
        if (id.type !== 'ObjectPattern' || !init || !isRequest(init)) return;
        if (id.properties.some((property) => keyName(property) === name))
          flow.followTarget(declarator.get('id') as NodePath, { ...holding, path: [name, ...path] });
      },
    });
  }
}

/** `req`, `res.locals` and their like: what travels with a request. */
function isRequest(node: t.Node): boolean {
  if (node.type === 'Identifier') return /^_?(req|request|ctx|context)$/i.test(node.name);
  return node.type === 'MemberExpression' && /^(locals|state|req|request)$/.test(propertyName(node) ?? '');
}
