import type { NodePath } from '@babel/traverse';
import type { FunctionPath } from './placement.ts';

/** The parameter, or the rest of them, that takes what a call gives at a place. */
export function paramAt(fn: FunctionPath | undefined, index: number): NodePath | undefined {
  const params: NodePath[] = fn?.get('params') ?? [];
  const last = params.at(-1);
  return params[index] ?? (last?.isRestElement() ? last : undefined);
}

/** What stands for a parameter in its function; undefined when it is taken apart, or gets another value. */
export function usesOfParam(param: NodePath | undefined): readonly NodePath[] | undefined {
  const inner = param?.isRestElement() ? param.get('argument') : param;
  const name = inner?.isAssignmentPattern() ? inner.get('left') : inner;
  const binding = name?.isIdentifier() ? name.scope.getOwnBinding(name.node.name) : undefined;
  return binding?.constant ? binding.referencePaths : undefined;
}
