import type { NodePath } from '@babel/traverse';
import { bindingOf } from '../../survey/code/bindings.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

const ENDS =
  /^(json|jsonp|send|sendStatus|sendFile|end|redirect|render|download|status|write|writeHead|code|text|html|body)$/;

/**
 * Whether a handler answers by what it is given for that: `res.json(…)`, `ctx.body = …`, `ok(res, …)`. One that does not
 * may be what others ask before they answer, or hand the request on.
 */
export function answers(fn: FunctionPath): boolean {
  const params = fn.get('params') as NodePath[];
  const response = params[1] ?? params[0];
  const uses = (response && bindingOf(response)?.referencePaths) ?? [];
  const request = params[1] && params[0] ? bindingOf(params[0]) : undefined;
  return uses.some((use) => {
    const { parentPath: parent, key, listKey } = outermostSame(use);
    if (isMember(parent) && key === 'object')
      return ENDS.test(propertyName(parent.node) ?? '') && (parent.key === 'callee' || isWritten(parent));
    if (listKey !== 'arguments' || !params[1]) return false;
    // `app(req, res)` hands both on.
    const given = parent?.get('arguments') as NodePath[];
    return given.every((each) => !request || bindingOf(each) !== request);
  });
}
