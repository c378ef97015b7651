import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../../migration.ts';
import { packageEntry } from '../../../files/package-entry.ts';
import { bindingOf } from '../../code/bindings.ts';
import { definitionIn, type Definition } from '../../code/definitions.ts';
import { isMember, isWritten, propertyName } from '../../code/members.ts';
import { fileOf, programOfFile } from '../../code/opened-files.ts';
import { paramAt } from '../../code/parameters.ts';
import type { FunctionPath } from '../../code/placement.ts';
import { withoutTypes } from '../../code/wrappers.ts';
import { declarationOf } from '../declared-values.ts';

/** How many functions of a package may hand on what one of them is given. */
const MAX_HOPS = 5;
/** Functions of `Object` that write to what they are given first. */
const FILLS = /^(assign|defineProperty|defineProperties|setPrototypeOf)$/;

/** Whether the installed code of a package shows that a function of it writes to what it is given at a place. */
export function writesArgument(callee: NodePath, index: number, source: Reading): boolean {
  const fn = installedFunction(callee, source);
  return fn !== undefined && writesParameter(fn, index, MAX_HOPS);
}

/** The function of an installed package that a callee stands for, as far as the file that an import runs has it. */
function installedFunction(callee: NodePath, source: Reading): FunctionPath | undefined {
  const names: string[] = [];
  let root = withoutTypes(callee);
  for (; isMember(root); root = withoutTypes(root.get('object') as NodePath)) {
    const name = propertyName(root.node);
    if (name === undefined) return undefined;
    names.unshift(name);
  }
  const binding = bindingOf(root);
  const declared = binding && declarationOf(binding, source);
  if (!declared || !('module' in declared)) return undefined;
  const entry = packageEntry(declared.module, fileOf(root, source));
  const program = entry === undefined ? undefined : programOfFile(entry, source);
  if (!program) return undefined;
  const all = [...declared.names, ...names];
  const found = memberOf({ kind: 'module', path: program }, all, source);
  return found?.kind === 'function' ? found.path : undefined;
}

function memberOf(module: Definition, names: readonly string[], source: Reading): Definition | undefined {
  const whole = names.length > 0 ? names : ['default'];
  const found = whole.reduce<Definition | undefined>(
    (owner, name) => owner && definitionIn(owner, name, source),
    module,
  );
  // The default import of a CommonJS module is the module itself.
  return (
    found ??
    (whole[0] === 'default' && whole.length > 1 ? memberOf(module, whole.slice(1), source) : undefined)
  );
}

function writesParameter(fn: FunctionPath, index: number, hops: number): boolean {
  const param = paramAt(fn, index);
  const name = param && (param.isAssignmentPattern() ? (param.get('left') as NodePath) : param);
  const binding = name?.isIdentifier() ? fn.scope.getBinding(name.node.name) : undefined;
  return (binding?.referencePaths ?? []).some((use) => {
    const { parentPath: parent, key, listKey } = use;
    if (isMember(parent) && key === 'object') return isWritten(parent);
    if (!parent?.isCallExpression() || listKey !== 'arguments') return false;
    const called = parent.get('callee') as NodePath;
    if (isMember(called))
      return (
        key === 0 &&
        called.get('object').isIdentifier({ name: 'Object' }) &&
        FILLS.test(propertyName(called.node) ?? '')
      );
    const next = bindingOf(called)?.path;
    const inner = next?.isVariableDeclarator() ? (next.get('init') as NodePath) : next;
    return hops > 0 && inner?.isFunction() === true && writesParameter(inner, Number(key), hops - 1);
  });
}
