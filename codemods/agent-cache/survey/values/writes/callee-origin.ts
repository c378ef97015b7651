import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../../migration.ts';
import { bindingOf } from '../../code/bindings.ts';
import { isMember } from '../../code/members.ts';
import { requiredModule } from '../../code/required-module.ts';
import { wordsOf } from '../../code/words.ts';
import { withoutTypes } from '../../code/wrappers.ts';
import { declarationOf } from '../declared-values.ts';

/** How many names may lie between a callee and what it comes from. */
const MAX_NAMES = 8;

/** Where a function comes from that cannot be read: what a parameter has, what a package gives, or code of the tree. */
export function calleeOrigin(
  callee: NodePath,
  source: Reading,
  steps = MAX_NAMES,
): 'parameter' | 'package' | 'tree' {
  const root = rootOf(callee);
  if (root.isCallExpression() && requiredModule(root.node)) return 'package';
  if (!root.isIdentifier()) return 'tree';
  const binding = bindingOf(root);
  if (!binding) return 'package';
  if (binding.kind === 'param') return 'parameter';
  const declared = declarationOf(binding, source);
  if (declared && 'module' in declared) return 'package';
  return declared?.init && steps > 0 ? calleeOrigin(declared.init, source, steps - 1) : 'tree';
}

/** What a chain of members, calls and constructions begins with. */
function rootOf(path: NodePath): NodePath {
  const value = withoutTypes(path);
  if (value.isAwaitExpression()) return rootOf(value.get('argument'));
  if (isMember(value)) return rootOf(value.get('object') as NodePath);
  const isLoad = value.isCallExpression() && requiredModule(value.node);
  if ((value.isCallExpression() && !isLoad) || value.isNewExpression())
    return rootOf(value.get('callee') as NodePath);
  return value;
}

/** The words of a function by its own name, behind those that the code gives it: `set` of `const { set } = Reflect`. */
export function originalWords(callee: NodePath, source: Reading, steps = MAX_NAMES): string {
  const value = withoutTypes(callee);
  const own = wordsOf(value.node);
  const binding = bindingOf(value);
  const declared = binding && declarationOf(binding, source);
  if (!declared || steps === 0) return own;
  if ('module' in declared) return wordsOfPackage(declared.names, own);
  const init = declared.init && withoutTypes(declared.init);
  if (!init?.isIdentifier() && !isMember(init)) return own;
  return [originalWords(init, source, steps - 1), ...declared.names].join('.');
}

/** What a module exports by default has no name but that which the code gives it. */
function wordsOfPackage([name, ...others]: readonly string[], own: string): string {
  return name === undefined || name === 'default' ? [own, ...others].join('.') : [name, ...others].join('.');
}
