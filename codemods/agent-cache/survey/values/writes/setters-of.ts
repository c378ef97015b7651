import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Definition } from '../../code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';

/** The setters of an object or a class, or of the class of an instance, that write to a member of it. */
export function settersOf({ kind, path }: Definition, name: string | undefined): string[] {
  const names: string[] = [];
  if (kind === 'module' || kind === 'function') return names;
  path.traverse({
    Method(method: NodePath<t.Method>) {
      const { node } = method;
      const isOfClass = 'static' in node && node.static === true;
      if (node.kind !== 'set' || isOfClass !== (kind === 'class')) return;
      method.traverse({
        ThisExpression({ parentPath: member }) {
          const setter = keyName(node);
          const isIt = isMember(member) && isWritten(member) && propertyName(member.node) === name;
          if (isIt && setter !== undefined) names.push(setter);
        },
      });
    },
  });
  return names;
}
