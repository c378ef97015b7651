import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { bindingOf, constantBehind } from '../code/bindings.ts';
import { isMember } from '../code/members.ts';
import { operandsOf } from '../code/operands.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { declarationOf } from './declared-values.ts';

/** Whether a value is the same whoever asks: what stands there, constants of modules and the environment. */
export function isFixed(path: NodePath, source: Reading): boolean {
  const value = withoutTypes(path);
  if (value.isIdentifier()) return isFixedName(value, source);
  // What an object of a module has may be of the last request: of members, only the environment's are the same.
  if (isMember(value)) return /^process\.env\b/.test(wordsOf(value.node)) && !value.node.computed;
  return operandsOf(value)?.every((each) => isFixed(each, source)) === true;
}

/** A constant of a module, of the language, or of a function that is given one of these. */
function isFixedName(name: NodePath, source: Reading): boolean {
  const binding = bindingOf(name);
  if (!binding) return !name.isIdentifier({ name: 'arguments' });
  // What another file may set anew is read there each time.
  if (binding.path.parentPath?.isImportDeclaration()) return declarationOf(binding, source) !== undefined;
  if (binding.scope.path.isProgram()) return binding.constant;
  const init = constantBehind(binding);
  return init !== undefined && (binding.path.get('id') as NodePath).isIdentifier() && isFixed(init, source);
}
