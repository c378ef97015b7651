import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { joinPaths } from '../code/exported-paths.ts';
import { exportedNameAt } from '../code/exports.ts';
import { isMember, propertyName } from '../code/members.ts';
import { type OwnExportUses, usesOfOwnExport } from '../modules/own-exports.ts';

/** What is done with a static member beside its uses by the class's name: by the class as an export, or by others. */
export function usesOfStatic(
  owner: NodePath<t.Class>,
  { binding, paths, name }: { binding: Binding | undefined; paths: readonly string[]; name: string },
  source: Source,
): OwnExportUses {
  // A class expression has a name in itself, beside that of what it is put into.
  const inner = owner.isClassExpression() ? owner.scope.getOwnBinding(owner.node.id?.name ?? '') : undefined;
  const isKnown = binding ? binding.constant : paths.length > 0;
  const values = [owner, ...(binding?.referencePaths ?? [])];
  const own = paths.map((each) => usesOfOwnExport(joinPaths(each, name), values, source));
  return {
    references: own.flatMap((each) => each.references),
    blocking:
      (isKnown ? undefined : owner) ??
      passedOn(binding) ??
      passedOn(inner) ??
      own.find((each) => each.blocking)?.blocking,
  };
}

/** Where a class goes to others by its name, who may then call what is static in it. */
function passedOn(binding: Binding | undefined): NodePath | undefined {
  return binding?.referencePaths.find((each) => {
    const { parentPath: parent, key } = each;
    if (!parent || each.isExportDeclaration() || exportedNameAt(each) !== undefined) return false;
    if (isMember(parent)) return key !== 'object' || propertyName(parent.node) === undefined;
    if (parent.isBinaryExpression({ operator: 'instanceof' })) return key !== 'right';
    return !parent.isClass() && !parent.isTSType() && !(parent.isNewExpression() && key === 'callee');
  });
}
