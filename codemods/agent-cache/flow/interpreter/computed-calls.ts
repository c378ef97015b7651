import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { classChain } from '../../survey/code/class-chain.ts';
import { type Definition, definitionOf } from '../../survey/code/definitions.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsReaching } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { ownerOfMethod } from '../../survey/functions/owner-of-method.ts';

/** How a text looks that calls a member by a name which the code computes. */
const COMPUTED = /\]\s*(?:\?\.)?\s*\(/;

/** The calls of some member of what a function is a member of, by a name that only a run tells: `settings[name](token)`. */
export function computedCallsOf(fn: FunctionPath, source: Reading): NodePath[] {
  const owner = ownerOfMethod(fn, source)?.declared ?? programAround(fn);
  const found: NodePath[] = [];
  for (const program of programsReaching(fn, COMPUTED, source))
    program.traverse({
      'CallExpression|OptionalCallExpression'(path: NodePath) {
        const callee = (path as NodePath<t.CallExpression>).get('callee') as NodePath;
        if (!isMember(callee) || propertyName(callee.node) !== undefined) return;
        const is = definitionOf(callee.get('object') as NodePath, source);
        if (is && membersOf(is, source).some((each) => isSameNode(each, owner, source))) found.push(path);
      },
    });
  return found;
}

function membersOf({ path }: Definition, source: Reading): readonly NodePath[] {
  return path.isClass() ? classChain(path, source) : [path];
}
