import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { programOfModule } from '../../survey/code/opened-files.ts';
import { packageOf } from '../../survey/code/package-of.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { calledName } from '../../survey/functions/later-callbacks.ts';
import { beginningOf } from './telling.ts';

/** How functions are named that throw what tells a wrong setting from other failures. */
const CHECKS =
  /^(parse|valid|assert|attempt|ensure|check|strict|ok|equal|invariant|clean|verify|load|require|must|read|get$|getOrThrow|cast|decode|fail)/i;
/** Errors that are not called by their package. */
const NAMES: Record<string, readonly string[]> = {
  assert: ['AssertionError', 'ERR_ASSERTION'],
  joi: ['ValidationError', 'isJoi'],
  yup: ['ValidationError'],
  ajv: ['ValidationError'],
};
const OF_LANGUAGE: Record<string, readonly string[]> = { 'JSON.parse': ['SyntaxError'], URL: ['TypeError'] };
const FILES = /^(node:)?fs$/;
const READS = /Sync$/;

/** What a call, or a construction, of a package or of the language may throw by which it is told. */
export interface Foreign {
  names: readonly string[];
  /** The package, whose classes of errors may be asked for. */
  from: string | undefined;
  /** Parts whose texts nobody can tell: the `code` of what files cannot be read for. */
  parts: readonly string[];
}

/** What a call throws that no function of the tree has; undefined for one that is not known to throw. */
export function thrownByForeign(
  call: NodePath<t.CallExpression | t.NewExpression>,
  source: Surveyed,
): Foreign | undefined {
  const callee = withoutTypes(call.get('callee') as NodePath);
  const name = calledName(call as NodePath<t.CallExpression>);
  const own = isMember(callee) ? `${textOf(callee.get('object') as NodePath)}.${name}` : textOf(callee);
  const known = bindingOf(beginningOf(callee)) ? undefined : OF_LANGUAGE[own];
  if (known) return { names: known, from: undefined, parts: [] };
  if (call.isNewExpression()) return undefined;
  const packages = packagesOf(beginningOf(callee), source);
  if (packages.some((each) => FILES.test(each)) && READS.test(name))
    return { names: [], from: undefined, parts: ['code'] };
  if (!CHECKS.test(name) || packages.length === 0) return undefined;
  return {
    names: packages.flatMap((each) => {
      const base = (
        each
          .replace(/^node:/, '')
          .split('/')
          .at(-1) ?? ''
      ).toLowerCase();
      return [`${base[0]?.toUpperCase()}${base.slice(1)}Error`, ...(NAMES[base] ?? [])];
    }),
    from: packages[0],
    parts: [],
  };
}

/** The packages that a value is of: by its import, by what it was made with, or all of the module that exports it. */
function packagesOf(root: NodePath, source: Surveyed, steps = 4): string[] {
  const module = packageOf(root);
  if (module !== undefined) {
    const program = programOfModule(module, root, source);
    if (!program) return module.startsWith('.') ? [] : [module];
    return program.node.body.flatMap((each) =>
      each.type === 'ImportDeclaration' && !each.source.value.startsWith('.') ? [each.source.value] : [],
    );
  }
  const init = steps > 0 ? initBehind(bindingOf(root)) : undefined;
  return init ? packagesOf(beginningOf(init), source, steps - 1) : [];
}

function textOf({ node }: NodePath): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? (propertyName(node) ?? '') : '';
}
