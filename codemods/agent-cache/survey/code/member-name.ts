import type { NodePath } from '@babel/traverse';
import { bindingOf, constantBehind } from './bindings.ts';
import { type Member, propertyName } from './members.ts';
import { withoutTypes } from './wrappers.ts';

/** The name of the property that a member expression reads, also by a constant or a symbol: `@@key` of `Symbol.for('key')`. */
export function memberName(member: Member): string | undefined {
  return (
    propertyName(member.node) ??
    (member.node.computed ? textOf(member.get('property') as NodePath) : undefined)
  );
}

function textOf(path: NodePath): string | undefined {
  const value = withoutTypes(path);
  if (value.isStringLiteral()) return value.node.value;
  if (value.isTemplateLiteral() && value.node.expressions.length === 0)
    return value.node.quasis[0]?.value.cooked ?? undefined;
  if (value.isCallExpression()) {
    const [text] = value.node.arguments;
    const { callee } = value.node;
    const isSymbol =
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      callee.object.name === 'Symbol';
    return isSymbol && propertyName(callee) === 'for' && text?.type === 'StringLiteral'
      ? `@@${text.value}`
      : undefined;
  }
  const binding = bindingOf(value);
  const init = binding && constantBehind(binding);
  return init && !init.isIdentifier() ? textOf(init) : undefined;
}
