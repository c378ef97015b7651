import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../../source/kept-with.ts';
import type { Reading } from '../../../migration.ts';
import { keyName, propertyName } from '../../code/members.ts';
import { programsReaching } from '../../code/opened-files.ts';
import { programAround } from '../../code/program-around.ts';

/**
 * Where a member of a class or of its instances is read, by its name: in the class where that is private, and else in
 * each file that gets at the class. What stands in a pattern is its part there.
 */
export function readsOfField(owner: NodePath<t.Class>, name: string, source: Reading): NodePath[] {
  const own = programAround(owner);
  const programs = name.startsWith('#') ? [own] : programsReaching(owner, name, source);
  return [...programs].flatMap((program) => partsByName(program).get(name) ?? []);
}

/** The members and the parts of patterns of a file, by their names. */
export function partsByName(program: NodePath<t.Program>): ReadonlyMap<string, readonly NodePath[]> {
  return keptWith(program, 'parts by name', () => {
    const found = new Map<string, NodePath[]>();
    const note = (name: string | undefined, at: NodePath) => {
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), at]);
    };
    const ofMember = (path: NodePath<t.MemberExpression | t.OptionalMemberExpression>) =>
      note(propertyName(path.node), path);
    program.traverse({
      MemberExpression: ofMember,
      OptionalMemberExpression: ofMember,
      ObjectProperty(path) {
        if (path.parentPath.isObjectPattern()) note(keyName(path.node), path.get('value') as NodePath);
      },
    });
    return found;
  });
}
