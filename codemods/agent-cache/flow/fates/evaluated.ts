import type { Binding, NodePath } from '@babel/traverse';
import type { Judged } from '../../migration.ts';

/** Code that is run from a text where a variable can be named: it may do anything with what that holds. */
export function evaluationIn({ scope }: Binding, { text }: Judged): NodePath | undefined {
  if (!/\beval\s*\(/.test(text)) return undefined;
  let found: NodePath | undefined;
  scope.path.traverse({
    CallExpression(call) {
      // By another name it sees only what is global.
      const isDirect = call.get('callee').isIdentifier({ name: 'eval' });
      if (isDirect && !call.scope.hasBinding('eval', true)) found ??= call;
    },
  });
  return found;
}
