import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { ANY, type Flow, type Holding, isAgent } from './flow.ts';
import { followProperty } from './flow-into-classes.ts';
import { ifNoneIsThere, memoAround } from '../../survey/factories/own-memo.ts';
import { isMember, keyName, type Member, propertyName } from '../../survey/code/members.ts';
import { programsMentioning } from '../../survey/code/opened-files.ts';
import { OUTLIVES, shortLived } from '../../survey/functions/short-lived.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { readValue } from '../../survey/values/value-reader.ts';
import type { Problem, Source } from '../../migration.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** Follows an agent that is assigned: to a variable, to a property of something local, or to the request. */
export function followAssignment(
  flow: Flow,
  assignment: NodePath<t.AssignmentExpression>,
  holding: Holding,
): void {
  const left = assignment.get('left');
  const kept = isAgent(holding) ? memoOf(assignment, flow.migration) : undefined;
  const isFollowed = holding.frame.owner !== undefined && left.isMemberExpression();
  if (kept?.memo) {
    flow.follow(kept.memo.given, holding);
    return;
  }
  if (kept && !isFollowed) {
    flow.fail(keptProblem(kept.usedAt, flow.migration));
    return;
  }
  if (left.isIdentifier()) {
    const binding = assignment.scope.getBinding(left.node.name);
    if (binding?.scope.getFunctionParent()?.block === assignment.getFunctionParent()?.node) {
      flow.followBinding(binding, holding);
    } else if (!holding.part) flow.fail(reasonAt('agent-kept', assignment, flow.migration));
  } else if (left.isMemberExpression()) {
    const name = propertyName(left.node) ?? ANY;
    if (!holding.part)
      followIntoObject(flow, left.get('object'), assignment, { ...holding, path: [name, ...holding.path] });
  } else if (left.isObjectPattern() || left.isArrayPattern()) {
    const fn = assignment.getFunctionParent()?.node;
    const names = Object.keys(assignment.getBindingIdentifiers());
    const isLocal = (name: string) =>
      assignment.scope.getBinding(name)?.scope.getFunctionParent()?.block === fn;
    if (names.every(isLocal)) flow.followTarget(left as NodePath, holding);
    else if (!holding.part) flow.fail(reasonAt('agent-kept', assignment, flow.migration));
  }
  flow.follow(assignment, holding);
}

/** Where what keeps an agent is used beside that: by some code, or, of a field, by whoever has its object. */
function keptProblem(usedAt: NodePath, source: Source): Problem {
  const field = usedAt.isClassProperty() ? keyName(usedAt.node) : undefined;
  return field === undefined
    ? reasonAt('kept-and-used', usedAt, source)
    : reasonAt('kept-in-open-field', usedAt, source, { name: field });
}

/** What keeps an agent that is built right there: it goes when its function gives the shared one. */
function memoOf(assignment: NodePath<t.AssignmentExpression>, migration: Flow['migration']) {
  const { node } = withoutTypes(ifNoneIsThere(assignment.get('right')));
  const built = migration.constructions.find((each) => each.node === node);
  return built && memoAround(built, migration);
}

/** Follows what a property of an object is given, at the first name of `holding.path`. */
export function followIntoObject(flow: Flow, object: NodePath, place: NodePath, holding: Holding): void {
  const [name = ANY, ...path] = holding.path;
  const { owner } = holding.frame;
  if (object.isThisExpression() && owner && name !== ANY)
    followProperty(flow, owner, name, { ...holding, path });
  else {
    const target = OUTLIVES.test(name) ? undefined : shortLived(object);
    if (!target) flow.fail(reasonAt('agent-kept', place, flow.migration));
    else if (target.kind === 'local') flow.followBinding(target.binding, holding);
    else {
      const key = name === ANY ? keyOfRequest(place, flow.migration) : name;
      if (key === undefined) flow.fail(reasonAt('agent-kept', place, flow.migration));
      else followRequest(flow, key, { ...holding, path });
    }
  }
}

/** The name under which an assignment puts something into a request, where it is not written out: `req[AGENT] = …`. */
function keyOfRequest(place: NodePath, source: Source): string | undefined {
  const left = place.isAssignmentExpression() ? (place.get('left') as NodePath) : undefined;
  return isMember(left) ? keyAt(left, source) : undefined;
}

/** The name of a member: of a computed one the text that its name comes to, or that name itself, as `[AGENT]`. */
function keyAt(member: Member, source: Source): string | undefined {
  const { property } = member.node;
  const written = propertyName(member.node);
  if (written !== undefined) return written;
  const read = readValue(member.get('property') as NodePath, source);
  if ('text' in read && read.text.startsWith('"')) return JSON.parse(read.text) as string;
  return property.type === 'Identifier' ? `[${property.name}]` : undefined;
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
    frame: { fn, call: undefined, owner: undefined, ofRequest: true, depth: depth + 1, returned: [] },
  };
  for (const program of programsMentioning(/\w+/.exec(name)?.[0] ?? name, flow.migration)) {
    program.traverse({
      'MemberExpression|OptionalMemberExpression': (member: NodePath) => {
        if (isMember(member) && isRequest(objectOf(member)) && keyAt(member, flow.migration) === name)
          flow.follow(member, holding);
      },
      VariableDeclarator: (declarator) => {
        const { id, init } = declarator.node;
        if (id.type !== 'ObjectPattern' || !init || !isRequest(declarator.get('init') as NodePath)) return;
        if (id.properties.some((property) => keyName(property) === name))
          flow.followTarget(declarator.get('id') as NodePath, { ...holding, path: [name, ...path] });
      },
    });
  }
}

/** `req`, `res.locals` and their like: what travels with a request. */
function isRequest(path: NodePath): boolean {
  const value = withoutTypes(path);
  if (isMember(value)) return /^(locals|state|req|request)$/.test(propertyName(value.node) ?? '');
  if (!value.isIdentifier()) return false;
  if (/^_?(req|request|ctx|context)$/i.test(value.node.name)) return true;
  const binding = bindingOf(value);
  return binding?.kind !== 'param' && shortLived(value)?.kind === 'request';
}

function objectOf(member: Member): NodePath {
  return member.get('object') as NodePath;
}
