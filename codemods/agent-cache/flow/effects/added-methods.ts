import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { isLogCall } from '../../survey/code/log-calls.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { fileOf, programOfFile } from '../../survey/code/opened-files.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { withoutTypes, withTypes } from '../../survey/code/wrappers.ts';
import type { Effect } from '../interpreter/agent-effects.ts';
import { isPrototype } from '../interpreter/changed-prototype.ts';
import { changesPart } from './agent-verbs.ts';
import { isResultDropped } from './dropped-calls.ts';

type Methods = ReadonlyMap<string, NodePath>;

const known = new OncePerProject<Methods>();

/** What a method does that the tree gives to a class of which no source says that it has one; nothing for one that keeps nothing. */
export function addedEffect(name: string, migration: Surveyed): Effect | undefined {
  const { project, options, path } = migration;
  const methods = project && known.of(project, options.agentClass, () => addedMethods(migration));
  const added = methods?.get(name) ?? methods?.get(ANY);
  if (!added || !mayKeep(withoutTypes(added))) return undefined;
  const at = { file: fileOf(added, migration), line: added.node.loc?.start.line ?? 1 };
  return { is: 'keeps', at, name };

  function addedMethods(source: Surveyed): Methods {
    const found = new Map<string, NodePath>();
    for (const file of [
      absolutePath(path),
      ...(project?.filesOfAllMentioning(path, options.agentClass) ?? []),
    ]) {
      const isLikely = /\bprototype\b/.test(project?.read(file) ?? '');
      const program = isLikely ? programOfFile(file, source) : undefined;
      if (program) noteAdded(program, options.agentClass, found);
    }
    return found;
  }
}

/** Stands for a name that is computed. */
const ANY = '*';

/** `Client.prototype.setToken = …`, `Object.assign(Client.prototype, { setToken() { … } })`. */
function noteAdded(program: NodePath<t.Program>, className: string, found: Map<string, NodePath>): void {
  program.traverse({
    AssignmentExpression(assignment) {
      const left = assignment.get('left') as NodePath;
      if (isMember(left) && isPrototype(left.get('object') as NodePath, className))
        found.set(propertyName(left.node) ?? ANY, assignment.get('right'));
    },
    CallExpression(call) {
      const callee = call.get('callee') as NodePath;
      const [target, ...others] = call.get('arguments') as NodePath[];
      const isOfObject = isMember(callee) && /^(Object|Reflect)$/.test(rootName(callee));
      if (!isOfObject || !target || !isPrototype(target, className)) return;
      const [name, value] = others;
      if (name?.isStringLiteral() && value) found.set(name.node.value, value);
      for (const each of others)
        if (each.isObjectExpression())
          for (const part of each.get('properties'))
            found.set(keyName(part.node) ?? ANY, part.isObjectProperty() ? part.get('value') : part);
    },
  });
}

/** Whether code writes to the instance or to what outlives it, or hands the instance on to what may. */
function mayKeep(code: NodePath): boolean {
  if (!code.isFunction() && !code.isObjectExpression()) return true;
  let found = false;
  code.traverse({
    ThisExpression(self) {
      found ||= isHandedOn(self);
    },
    AssignmentExpression(assignment) {
      const binding = bindingOf(assignment.get('left') as NodePath);
      found ||= binding?.scope.path.isProgram() === true;
    },
    CallExpression(call) {
      if (isResultDropped(call) && !isLogCall(call.node)) found = true;
    },
  });
  return found;
}

/** Whether more becomes of the instance than that a part of it is read, or a method called for what it gives. */
function isHandedOn(self: NodePath): boolean {
  let value = withTypes(self);
  if (!isMember(value.parentPath) || value.key !== 'object') return true;
  let name = '';
  while (isMember(value.parentPath) && value.key === 'object') {
    name = propertyName(value.parentPath.node) ?? '';
    value = withTypes(value.parentPath);
  }
  if (isWritten(value)) return true;
  const { parentPath: parent, listKey, key } = value;
  if (listKey === 'arguments' || parent?.isVariableDeclarator() || parent?.isAssignmentExpression())
    return true;
  return key === 'callee' && changesPart(name);
}

function rootName({ node }: NodePath<t.MemberExpression | t.OptionalMemberExpression>): string {
  return node.object.type === 'Identifier' ? node.object.name : '';
}
