import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../../migration.ts';
import { definitionOf } from '../../code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';

/** The setters of an object, or of the class of an instance, that write to a member of it. */
export function settersOf(made: NodePath, name: string, source: Reading): string[] {
  const found = definitionOf(made, source);
  if (found?.kind !== 'object' && found?.kind !== 'instance') return [];
  const names: string[] = [];
  found.path.traverse({
    Method(method) {
      if (method.node.kind !== 'set') return;
      method.traverse({
        ThisExpression({ parentPath: member }) {
          const setter = keyName(method.node);
          const isIt = isMember(member) && isWritten(member) && propertyName(member.node) === name;
          if (isIt && setter !== undefined) names.push(setter);
        },
      });
    },
  });
  return names;
}
