import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { childrenOf } from '../../source/children.ts';
import { propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { partsOfClass } from './agent-class.ts';
import { classFileOf, ownMethods } from './own-methods.ts';

/** A promise of one of its own methods that each instance of the agent's class keeps. */
interface KeptPromise {
  method: string;
  file: string;
  line: number;
}

const known = new OncePerProject<KeptPromise | undefined>();

/** `this.ready = this.connect();` in a constructor, or the same in a field; what handles its own failure is none. */
export function promiseOfConstructor(migration: Surveyed): KeptPromise | undefined {
  const { project, options } = migration;
  const file = classFileOf(migration);
  if (!project || !file) return undefined;
  const methods = ownMethods(migration);
  return known.of(project, file, () => {
    for (const { members, file: declared } of partsOfClass(file, options.agentClass, project)) {
      const kept = members.flatMap(valuesKept).find((value) => methods.get(ownMethod(value) ?? '')?.async);
      if (kept) return { method: ownMethod(kept) ?? '', file: declared, line: kept.loc?.start.line ?? 1 };
    }
    return undefined;
  });
}

/** What a field, or the constructor, puts into the instance. */
function valuesKept(member: t.Node): t.Node[] {
  if (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty')
    return member.value && !member.static ? [member.value] : [];
  return member.type === 'ClassMethod' && member.kind === 'constructor' ? valuesPut(member.body) : [];
}

function valuesPut(node: t.Node): t.Node[] {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression')
    return node.left.object.type === 'ThisExpression' ? [node.right] : [];
  return /Function/.test(node.type) ? [] : childrenOf(node).flatMap(valuesPut);
}

/** The method of `this.connect()`, and of that with a `then` behind it. */
function ownMethod(value: t.Node): string | undefined {
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return undefined;
  const { callee } = value;
  const name = propertyName(callee);
  if (callee.object.type === 'ThisExpression') return name;
  return name === 'then' && value.arguments.length === 1 ? ownMethod(callee.object) : undefined;
}
