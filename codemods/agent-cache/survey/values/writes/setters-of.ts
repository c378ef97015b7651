import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { superclassOf } from '../../code/class-members.ts';
import { type Definition, definitionOf } from '../../code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';

/** How many classes may extend one another. */
const MAX_CLASSES = 8;

/**
 * The setters of an object or a class, or of the class of an instance, that may write to a member of it: by themselves, or
 * by what they call or give the object to. Those of the classes above count as well.
 */
export function settersOf(
  { kind, path }: Definition,
  name: string | undefined,
  source: Reading,
  classes = MAX_CLASSES,
): string[] {
  if (kind === 'module' || kind === 'function') return [];
  const names: string[] = [];
  path.traverse({
    Method(method: NodePath<t.Method>) {
      const { node } = method;
      const isOfClass = 'static' in node && node.static === true;
      if (node.kind !== 'set' || isOfClass !== (kind === 'class')) return;
      method.traverse({
        ThisExpression({ parentPath: member }) {
          const setter = keyName(node);
          if (setter !== undefined && mayWrite(member, name)) names.push(setter);
        },
      });
    },
  });
  const superclass = path.isClass() ? superclassOf(path) : undefined;
  const above = superclass && classes > 0 ? definitionOf(superclass, source) : undefined;
  return above?.kind === 'class' && kind !== 'object'
    ? [...names, ...settersOf({ ...above, kind }, name, source, classes - 1)]
    : names;
}

/** What is done with `this`: it writes to the member, is given to others, or a method of its own is called. */
function mayWrite(member: NodePath, name: string | undefined): boolean {
  if (!isMember(member)) return true;
  return isWritten(member) ? propertyName(member.node) === name : member.key === 'callee';
}
