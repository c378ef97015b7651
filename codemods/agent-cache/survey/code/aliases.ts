import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, keyName, propertyName } from './members.ts';
import { withoutTypes, withTypes } from './wrappers.ts';
import { bindingOf } from './bindings.ts';
import { MAX_HOPS } from '../../source/far.ts';

/** What a name stands for: a variable, or a part of what that or `this` holds. */
export interface Origin {
  /** As it is written: `state.user`, `this.id`. */
  state: string;
  /** Of the variable; none of `this`. */
  binding: Binding | undefined;
}

/** What a name is only another one for: `const s = state`, `const { user } = store`. Undefined for any other name. */
export function originOf(binding: Binding, steps = MAX_HOPS): Origin | undefined {
  const { path } = binding;
  if (steps === 0 || !binding.constant || !path.isVariableDeclarator() || !path.node.init) return undefined;
  const taken = partsTaken(path.node.id, binding.identifier);
  const whole = taken && partOf(path.get('init') as NodePath, steps);
  return whole && { ...whole, state: [whole.state, ...taken].join('.') };
}

/** The names that stand for a variable, or for a part of what it holds. */
export function aliasesOf(binding: Binding): Binding[] {
  return binding.referencePaths.flatMap((reference) => {
    let at = withTypes(reference);
    while (isMember(at.parentPath) && at.key === 'object') at = withTypes(at.parentPath);
    const { parentPath: declarator, key, scope } = at;
    if (!declarator?.isVariableDeclarator() || key !== 'init') return [];
    return namesIn(declarator.node.id).flatMap((name) => {
      const alias = scope.getBinding(name);
      return alias && alias !== binding && originOf(alias) ? [alias] : [];
    });
  });
}

/** What an expression without calls stands for: `state`, `state.user`, `this.store`. */
export function partOf(expression: NodePath, steps = MAX_HOPS): Origin | undefined {
  const value = withoutTypes(expression);
  if (value.isThisExpression() || value.isSuper()) return { state: 'this', binding: undefined };
  if (value.isIdentifier()) {
    const binding = bindingOf(value);
    return binding && (originOf(binding, steps - 1) ?? { state: value.node.name, binding });
  }
  const name = isMember(value) ? propertyName(value.node) : undefined;
  const whole =
    isMember(value) && name !== undefined ? partOf(value.get('object') as NodePath, steps) : undefined;
  return whole && { ...whole, state: `${whole.state}.${name}` };
}

/** The names of the properties by which a pattern comes to a name; none where the name stands for the whole. */
function partsTaken(pattern: t.Node, name: t.Identifier): string[] | undefined {
  if (pattern === name) return [];
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern.properties) {
    const inner = property.type === 'ObjectProperty' ? partsTaken(property.value, name) : undefined;
    const key = inner && keyName(property);
    if (key !== undefined) return [key, ...(inner ?? [])];
  }
  return undefined;
}

function namesIn(pattern: t.Node): string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((each) => (each.type === 'ObjectProperty' ? namesIn(each.value) : []));
}
