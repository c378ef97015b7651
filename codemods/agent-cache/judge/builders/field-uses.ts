import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Problem, Source } from '../../migration.ts';
import { followAtOnce } from '../../flow/fates/agent-flow.ts';
import { definitionOf, type Definition } from '../../survey/code/definitions.ts';
import { superclassOf } from '../../survey/code/class-members.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsMentioning } from '../../survey/code/opened-files.ts';
import { transparentParent } from '../../survey/code/wrappers.ts';
import { classChain } from '../../survey/code/class-chain.ts';

/**
 * Why an agent that an instance keeps in a field is not to be shared: code outside of the class takes it from there, and
 * treats it as its own. What is private to the class is followed with the class.
 */
export function usedElsewhereProblem(
  expression: NodePath,
  owner: Definition | undefined,
  migration: Judged,
): Problem | undefined {
  if (!owner) return undefined;
  const getter = expression.getFunctionParent();
  // A getter may give what it keeps in a field.
  const given = getter && isAccessor(getter) ? keyName(getter.node) : undefined;
  const names = new Set([fieldOf(expression), given].flatMap((name) => name ?? []));
  for (const name of names) {
    const problem = usesProblem(name, given !== undefined, owner, migration);
    if (problem) return problem;
  }
  return undefined;
}

function usesProblem(
  name: string,
  isGetter: boolean,
  owner: Definition,
  migration: Judged,
): Problem | undefined {
  const isOwn = isPrivateField(name, owner.path as NodePath<t.Class>);
  if (isOwn && !isGetter) return undefined;
  const programs = isOwn ? [migration.program] : programsMentioning(name, migration);
  for (const program of programs) {
    for (const use of usesIn(program, name, { owner, isGetter }, migration)) {
      const fn = use.getFunctionParent() ?? undefined;
      const { problem } = followAtOnce(use, { fn, owner: undefined }, migration);
      if (problem) return problem;
    }
  }
  return undefined;
}

/** The field that is given what a place builds: by its value, by an assignment, or as a parameter of the constructor. */
function fieldOf(place: NodePath): string | undefined {
  let path = place;
  let parent = transparentParent(path);
  while (parent.isLogicalExpression() || parent.isConditionalExpression() || parent.isAssignmentPattern()) {
    path = parent;
    parent = transparentParent(path);
  }
  if (parent.isClassProperty()) return keyName(parent.node);
  if (parent.isTSParameterProperty()) {
    const { parameter } = parent.node;
    const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    return declared.type === 'Identifier' ? declared.name : undefined;
  }
  if (parent.isReturnStatement()) {
    const accessor = parent.getFunctionParent();
    return accessor && isAccessor(accessor) ? keyName(accessor.node) : undefined;
  }
  if (!parent.isAssignmentExpression()) return undefined;
  const { left } = parent.node;
  const isOwn = left.type === 'MemberExpression' && left.object.type === 'ThisExpression';
  return isOwn ? propertyName(left) : undefined;
}

/** Whether a field, or what a parameter of the constructor makes one, is private to its class. */
export function isPrivateField(name: string, { node }: NodePath<t.Class>): boolean {
  if (name.startsWith('#')) return true;
  return node.body.body.some((member) => {
    if (member.type === 'ClassMethod' && member.kind === 'constructor')
      return member.params.some(
        (param) =>
          param.type === 'TSParameterProperty' && param.accessibility === 'private' && nameOf(param) === name,
      );
    return keyName(member) === name && 'accessibility' in member && member.accessibility === 'private';
  });
}

function nameOf({ parameter }: t.TSParameterProperty): string | undefined {
  const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return declared.type === 'Identifier' ? declared.name : undefined;
}

/** Where code outside of a class may use a field of its instances. */
export function usesOfField(name: string, owner: Definition, source: Source): NodePath[] {
  return [...programsMentioning(name, source)].flatMap((program) =>
    usesIn(program, name, { owner, isGetter: false }, source),
  );
}

/** The members of that name that may be the field: of what is another thing for sure they are not. */
function usesIn(
  program: NodePath<t.Program>,
  name: string,
  { owner, isGetter }: { owner: Definition; isGetter: boolean },
  source: Source,
): NodePath[] {
  const uses: NodePath[] = [];
  program.traverse({
    'MemberExpression|OptionalMemberExpression': (member: NodePath) => {
      if (!isMember(member) || propertyName(member.node) !== name) return;
      const object = member.get('object') as NodePath;
      if (!isGetter && object.isThisExpression() && isWithin(member, owner.path)) return;
      const { parentPath: parent } = member;
      if (parent?.isAssignmentExpression() && member.key === 'left') return;
      const found = definitionOf(object, source);
      const isOther = found && (found.kind !== 'instance' || !areRelated(found, owner, source));
      if (!isOther) uses.push(member);
    },
  });
  return uses;
}

/** Whether a function is a getter, whose callers only read a property. */
export function isAccessor(fn: NodePath | null | undefined): boolean {
  const node = fn?.node;
  return (node?.type === 'ClassMethod' || node?.type === 'ClassPrivateMethod') && node.kind === 'get';
}

/** Whether one of two classes is the other, or extends it. */
function areRelated(one: Definition, other: Definition, source: Source): boolean {
  return isOrExtends(one, other, source) || isOrExtends(other, one, source);
}

function isOrExtends(one: Definition, other: Definition, source: Source): boolean {
  const chain = one.path.isClass() ? classChain(one.path, source) : [];
  if (chain.some((each) => isSameNode(each, other.path, source))) return true;
  // What cannot be read may be the other one.
  const last = chain.at(-1);
  const superclass = last && superclassOf(last);
  return superclass !== undefined && !definitionOf(superclass, source);
}

function isWithin(path: NodePath, owner: NodePath): boolean {
  return path.findParent(({ node }) => node === owner.node) !== null;
}
