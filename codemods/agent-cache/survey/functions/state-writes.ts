import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { keptWith } from '../../source/kept-with.ts';
import { programsReaching } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { ownWritesIn, type ReachedUse } from './reached-state.ts';
import { isSameState, type KeptState } from './state-origin.ts';

/** The writes of a state, or of a part of it, in functions of any file that gets at it. */
export function writesOf(kept: KeptState, source: Source): NodePath[] {
  if (!kept.declared) return [];
  return [...programsReaching(kept.declared, undefined, source)].flatMap((program) =>
    writesIn(program, source).flatMap((each) => (isSameState(kept, each) ? [each.at] : [])),
  );
}

function writesIn(program: NodePath<t.Program>, source: Source): readonly ReachedUse[] {
  return keptWith(program, 'writes in functions', () => {
    const found: ReachedUse[] = [];
    program.traverse({
      Function(fn) {
        found.push(...ownWritesIn(fn as FunctionPath, source));
      },
    });
    return found;
  });
}
