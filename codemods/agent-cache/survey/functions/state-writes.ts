import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { FileFacts } from '../code/file-facts.ts';
import type { FunctionPath } from '../code/placement.ts';
import { ownWritesIn } from './own-uses.ts';
import type { ReachedUse } from './reached-use.ts';
import { isSameState, type KeptState } from './state-origin.ts';

const writesInFunctions = new FileFacts<ReachedUse>('writes in functions', undefined, (program, source) => {
  const found: ReachedUse[] = [];
  program.traverse({
    Function(fn) {
      found.push(...ownWritesIn(fn as FunctionPath, source));
    },
  });
  return found;
});

/** The writes of a state, or of a part of it, in functions of any file that gets at it. */
export function writesOf(kept: KeptState, source: Source): NodePath[] {
  if (!kept.declared) return [];
  return writesInFunctions
    .reaching(kept.declared, source)
    .flatMap((each) => (isSameState(kept, each) ? [each.at] : []));
}
