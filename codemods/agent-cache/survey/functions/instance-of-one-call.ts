import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { programsReaching } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';

/**
 * Whether `this` in a method is of its one call: each object of the class is built in a function that calls the method
 * once, and gives it to nobody.
 */
export function isInstanceOfOneCall(fn: FunctionPath, source: Source): boolean {
  const owner = fn.parentPath?.parentPath;
  const name = keyName(fn.node);
  if (!fn.isClassMethod() || fn.node.static || !owner?.isClassDeclaration() || name === undefined)
    return false;
  const className = owner.node.id?.name;
  if (className === undefined) return false;
  let built = 0;
  for (const program of programsReaching(owner, className, source)) {
    let isTold = true;
    program.traverse({
      Identifier(path) {
        if (path.node.name !== className || isOnlyNamed(path)) return;
        const { parentPath: construction } = path;
        const isBuilt = path.key === 'callee' && construction.isNewExpression();
        if (isBuilt && isUsedOnce(construction, name)) built += 1;
        else isTold = false;
      },
      ImportSpecifier({ node: { imported, local } }) {
        const isRenamed = imported.type === 'Identifier' && imported.name !== local.name;
        if (isRenamed && (imported.name === className || local.name === className)) isTold = false;
      },
    });
    if (!isTold) return false;
  }
  return built > 0;
}

/** Its declaration, an import or export of it under its own name, a type. */
function isOnlyNamed({ parent, key }: NodePath<t.Identifier>): boolean {
  if (/^TS|^(Import|Export)Specifier$/.test(parent.type)) return true;
  if (parent.type === 'ClassDeclaration') return key === 'id';
  return parent.type === 'MemberExpression' && key === 'property' && !parent.computed;
}

function isUsedOnce(construction: NodePath<t.NewExpression>, method: string): boolean {
  const home = construction.getFunctionParent();
  if (!home) return false;
  const value = outermostSame(construction);
  const { parentPath: parent } = value;
  if (isMember(parent)) return value.key === 'object' && isCallee(parent);
  if (!parent?.isVariableDeclarator() || parent.node.id.type !== 'Identifier') return false;
  const binding = parent.scope.getBinding(parent.node.id.name);
  if (!binding?.constant) return false;
  let calls = 0;
  const isPlain = binding.referencePaths.every((reference) => {
    const member = outermostSame(reference).parentPath;
    if (!isMember(member) || !isCallee(member) || reference.getFunctionParent()?.node !== home.node)
      return false;
    if (propertyName(member.node) === method) calls += 1;
    const declared = parent.findParent((each) => each.isLoop() || each.isFunction());
    const used = reference.findParent((each) => each.isLoop() || each.isFunction());
    return declared?.node === used?.node && isWaitedFor(member.parentPath);
  });
  return isPlain && calls <= 1;
}

function isCallee({ key, parentPath: call }: NodePath): boolean {
  return key === 'callee' && call?.isCallExpression() === true;
}

/** Whether nothing else of its function runs beside a call: it is waited for, or a statement of its own. */
function isWaitedFor(call: NodePath | null): boolean {
  const parent = call?.parentPath;
  return Boolean(
    parent?.isAwaitExpression() || parent?.isExpressionStatement() || parent?.isReturnStatement(),
  );
}
