import type { Source } from '../../migration.ts';
import { exportNamesOf } from '../../survey/code/exports.ts';
import { referencesTo } from '../../survey/functions/handlers.ts';
import { namingsOf } from '../../survey/code/named-elsewhere.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { unseenLoadOf } from '../../survey/modules/unseen-loads.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { functionName } from '../../survey/code/function-names.ts';

/**
 * Whether code may get at a function of which no use is found: some file names what may be it, or loads modules from
 * about there by names that are not written. Otherwise nobody calls it.
 */
export function mayBeReachedUnseen(fn: FunctionPath, source: Source): boolean {
  const { project } = source;
  if (!project) return false;
  const file = absolutePath(fileOf(fn, source));
  const name = functionName(fn.node, outermostSame(fn).parent);
  return isNamed(fn, name, source) || unseenLoadOf(file, undefined, project) !== undefined;
}

function isNamed(fn: FunctionPath, name: string | undefined, source: Source): boolean {
  if (name !== undefined && !isWhole(fn, name)) return !isEmpty(namingsOf(fn, name, source));
  return source.project?.dependentsOf(fileOf(fn, source)).length !== 0;
}

function isEmpty(found: Iterable<unknown>): boolean {
  for (const _ of found) return false;
  return true;
}

/** Whether others call the function whatever they like. */
function isWhole(fn: FunctionPath, name: string): boolean {
  const names = exportNamesOf({ fn, name, references: referencesTo(fn), member: undefined });
  return names.some((each) => each === '' || each === 'default');
}
