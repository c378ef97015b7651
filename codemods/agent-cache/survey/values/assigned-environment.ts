import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { ANY_NAME, environmentWritesIn, mayWriteAnyVariable } from './environment-writes.ts';
import { programOfFile, programsMentioning } from '../code/opened-files.ts';
import { keptWith } from '../../source/kept-with.ts';
import { programAround } from '../code/program-around.ts';

/** Whether the tree assigns a variable of the environment anywhere, so that it is not the same at all times. */
export function isAssigned(variable: string, at: NodePath, source: Source): boolean {
  const home = programAround(at);
  if (environmentWritesIn(home).has(variable)) return true;
  return keptWith(source.program, `assigned ${variable}`, () => {
    for (const program of programsMentioning(variable, source))
      if (environmentWritesIn(program).has(variable)) return true;
    return isAssignedByAnyName(source);
  });
}

/** Whether a function of the tree may assign any variable: what does so while files load has done it before a request. */
function isAssignedByAnyName(source: Source): boolean {
  const { project, path, text } = source;
  const others = project?.filesMentioning(path, 'env') ?? [];
  return [undefined, ...others].some((file) => {
    if (!mayWriteAnyVariable(file === undefined ? text : (project?.read(file) ?? ''))) return false;
    const program = file === undefined ? source.program : programOfFile(file, source);
    return !program || environmentWritesIn(program).has(ANY_NAME);
  });
}
