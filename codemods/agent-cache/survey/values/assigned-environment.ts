import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isMember, isWritten, propertyName } from '../code/members.ts';
import { programOfFile, programsMentioning } from '../code/opened-files.ts';
import { keptWith } from '../../source/kept-with.ts';

/** Whether the tree assigns a variable of the environment anywhere, so that it is not the same at all times. */
export function isAssigned(variable: string, at: NodePath, source: Source): boolean {
  const home = at.scope.getProgramParent().path as NodePath<t.Program>;
  if (assignedIn(home).has(variable)) return true;
  return keptWith(source.program, `assigned ${variable}`, () => {
    for (const program of programsMentioning(variable, source))
      if (assignedIn(program).has(variable)) return true;
    return isAssignedByAnyName(source);
  });
}

/** How a text writes to a variable whose name it does not say. */
const BY_ANY_NAME = /\benv\s*\[\s*[^'"\]\s][^\]\n]*\]\s*(?:\?\?|\|\|)?=(?!=)/;

/** Whether a function of the tree may assign any variable: what does so while files load has done it before a request. */
function isAssignedByAnyName(source: Source): boolean {
  const { project, path, text } = source;
  const others = project?.filesMentioning(path, 'env') ?? [];
  return [undefined, ...others].some((file) => {
    if (!BY_ANY_NAME.test(file === undefined ? text : (project?.read(file) ?? ''))) return false;
    const program = file === undefined ? source.program : programOfFile(file, source);
    return !program || assignedIn(program).has(ANY);
  });
}

/** Stands for a name that only shows when the code runs. */
const ANY = '*';

/** The variables of the environment that a file writes to, by their names. */
function assignedIn(program: NodePath<t.Program>): ReadonlySet<string> {
  return keptWith(program, 'assigned environment', () => {
    const names = new Set<string>();
    program.traverse({
      MemberExpression(member) {
        const name = propertyName(member.node);
        if (!isWritten(member) || !isEnvironment(member.get('object'))) return;
        if (name !== undefined) names.add(name);
        else if (member.getFunctionParent()) names.add(ANY);
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
