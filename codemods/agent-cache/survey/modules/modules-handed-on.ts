import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { bindingOf, initBehind } from '../code/bindings.ts';
import { exportsNamed, namesExported } from '../code/exports-named.ts';
import { packageOf } from '../code/package-of.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { exportedMember } from './own-construction.ts';

/** How many names a module may go by in the file that hands it on. */
const MAX_NAMES = 6;

/** The modules that a file hands on as they are, or all that they export: `export * from 'm'`, `exports.m = require('m')`. */
export function modulesHandedOn(program: NodePath<t.Program>): string[] {
  const { names, modules } = namesExported(program);
  const handedOn = ['default', ...names].flatMap((name) =>
    [...exportsNamed(program, name)].flatMap((found) => {
      if ('module' in found) return [found.module];
      const value = exportedMember(found.value, found.member);
      return (value && moduleBehind(value)) ?? [];
    }),
  );
  return [...modules, ...handedOn];
}

function moduleBehind(value: NodePath, names = MAX_NAMES): string | undefined {
  const plain = withoutTypes(value);
  const module = packageOf(plain);
  if (module !== undefined || names === 0) return module;
  const binding = plain.isIdentifier() ? bindingOf(plain) : undefined;
  const init = binding && initBehind(binding);
  return init && moduleBehind(init, names - 1);
}
