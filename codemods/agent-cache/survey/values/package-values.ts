import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { isAssigned } from './environment-writes.ts';
import { declarationOf, type OfPackage } from './declared-values.ts';
import { type ReadValue, unknown } from './value-text.ts';
import { mayBeWritten, mayBeWrittenIn, packageMayBeWritten } from './written-values.ts';
import { isMember, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { bindingOf } from '../code/bindings.ts';

/** Packages that give settings, whose members are read once. */
const SETTINGS = /(^|[/@_-])(config|configuration|settings|env|environment|constants)([/_-]|$)/i;

/** A variable of the environment, unless the tree writes to it. */
export function readEnvironment(at: NodePath, variable: string, source: Source): ReadValue {
  return isAssigned(variable, source) ? unknown(at, 'written') : { text: `process.env.${variable}` };
}

/** A constant or a setting that a package exports. */
export function readOfPackage(
  at: NodePath,
  taken: OfPackage,
  more: readonly string[],
  source: Source,
): ReadValue {
  const { module, names } = taken;
  const path = [...names, ...more];
  if (/^(node:)?process$/.test(module)) {
    const [variable] = path.slice(path.indexOf('env') + 1);
    if (path.includes('env') && variable !== undefined) return readEnvironment(at, variable, source);
  }
  const last = path.at(-1) ?? '';
  const isConstant = SETTINGS.test(module) || /^[A-Z][A-Z0-9_]*$/.test(last) || /^[A-Z]/.test(path[0] ?? '');
  if (!isConstant) return unknown(at, 'unread');
  return isWrittenPackage(taken, more, source)
    ? unknown(at, 'written')
    : { text: `${module}#${path.join('.')}` };
}

/** `config.get` of a package for settings, which gives the same for the same name while nobody sets another. */
export function settingText(callee: NodePath, source: Source): string | undefined {
  if (!isMember(callee) || propertyName(callee.node) !== 'get') return undefined;
  const object = withoutTypes(callee.get('object') as NodePath);
  const binding = bindingOf(object);
  const declared = binding && declarationOf(binding, source);
  if (!declared || !('module' in declared) || declared.module !== 'config') return undefined;
  if (declared.names.length > 0 && declared.names[0] !== 'default') return undefined;
  return isWrittenPackage(declared, [], source) ? undefined : `${declared.module}#get`;
}

/** Whether some file that takes a package for settings writes to what that gives. */
function isWrittenPackage(
  { module, names: taken, binding, from }: OfPackage,
  names: readonly string[],
  source: Source,
): boolean {
  const isWrittenHere = binding
    ? mayBeWritten({ binding, value: binding.path }, names, source)
    : mayBeWrittenIn(from, module, [...taken, ...names], source);
  return isWrittenHere || packageMayBeWritten(module, names, source);
}
