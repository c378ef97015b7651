import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { isMember, isWritten, propertyName } from '../code/members.ts';
import { programOfFile } from '../code/opened-files.ts';
import { withTypes } from '../code/wrappers.ts';
import type { Reading } from '../../migration.ts';
import { holdersIn } from './global-values.ts';
import { takenIn } from './taken-from-modules.ts';
import { writesToEnvironment } from './written-values.ts';
import { SOME } from './writes/way.ts';

/** Stands for a variable whose name only shows when the code runs. */
const ANY_NAME = '*';

/** How a text looks that does more with the environment than to read variables by their names. */
const HANDS_ON =
  /\bprocess\b(?!\s*(?:\?\.|!?\.)\s*[A-Za-z])|\benv\b(?!\s*(?:\?\.|!?\.)\s*[A-Za-z])|['"](?:node:)?process['"]/;

const known = new OncePerProject<boolean>();

/**
 * Whether the tree writes to a variable of the environment, by whatever way, so that it is not the same at all times.
 * What does so by a name that only a run tells while files load has done it before a request.
 */
export function isAssigned(variable: string, source: Reading): boolean {
  const { project, path } = source;
  if (!project) return isWrittenIn(source.program, variable, source);
  const place = `${project.packageRootOf(path) ?? path}\n${variable}`;
  return known.of(project, place, () =>
    [path, ...project.filesMentioning(path, 'process')].some((file) => {
      const text = project.read(file) ?? '';
      if (!text.includes(variable) && !HANDS_ON.test(text)) return false;
      const program = programOfFile(file, source);
      return program !== undefined && isWrittenIn(program, variable, source);
    }),
  );
}

function isWrittenIn(program: NodePath<t.Program>, variable: string, source: Reading): boolean {
  const name = variable === ANY_NAME ? SOME : variable;
  return environmentsIn(program).some(({ at, names }) => writesToEnvironment(at, [...names, name], source));
}

interface Environment {
  at: NodePath;
  /** The names by which it has the environment: the process, and the global object that has that. */
  names: readonly string[];
}

/** The expressions of a file that stand for the environment, or for the process that has it. */
function environmentsIn(program: NodePath<t.Program>): readonly Environment[] {
  return keptWith(program, 'environments', () => {
    const found: Environment[] = holdersIn(program, 'process').flatMap((process) => {
      const { parentPath: member } = withTypes(process);
      const name = isMember(member) ? propertyName(member.node) : undefined;
      if (name === 'env' && member && !isWritten(member)) return { at: member, names: [] };
      return name === undefined || name === 'env' ? { at: process, names: ['env'] } : [];
    });
    // `const { process } = globalThis`, and whoever is given the global object.
    for (const at of holdersIn(program, 'globalThis')) {
      const { parentPath: member } = withTypes(at);
      if (!isMember(member) || propertyName(member.node) === undefined)
        found.push({ at, names: ['process', 'env'] });
    }
    for (const { specifier, names, binding } of takenIn(program))
      if (/^(node:)?process$/.test(specifier) && names[0] === 'env')
        for (const at of binding?.referencePaths ?? []) found.push({ at, names: [] });
    return found;
  });
}
