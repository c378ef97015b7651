import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { isMember, isWritten, propertyName } from '../code/members.ts';
import { programsMentioning } from '../code/opened-files.ts';
import { keptWith } from '../../source/kept-with.ts';

/** Whether the tree assigns a variable of the environment anywhere, so that it is not the same at all times. */
export function isAssigned(variable: string, at: NodePath, migration: Migration): boolean {
  const home = at.scope.getProgramParent().path as NodePath<t.Program>;
  if (assignedIn(home).has(variable)) return true;
  return keptWith(migration.program, `assigned ${variable}`, () => {
    for (const program of programsMentioning(variable, migration))
      if (assignedIn(program).has(variable)) return true;
    return false;
  });
}

/** The variables of the environment that a file writes to, by their names. */
function assignedIn(program: NodePath<t.Program>): ReadonlySet<string> {
  return keptWith(program, 'assigned environment', () => {
    const names = new Set<string>();
    program.traverse({
      MemberExpression(member) {
        const name = propertyName(member.node);
        if (name !== undefined && isWritten(member) && isEnvironment(member.get('object'))) names.add(name);
      },
    });
    return names;
  });
}

function isEnvironment(path: NodePath): boolean {
  if (!isMember(path) || propertyName(path.node) !== 'env') return false;
  const { object } = path.node;
  return object.type === 'Identifier' && object.name === 'process';
}
