import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { reportManual } from '../../report.ts';
import { classNamedBy } from '../../survey/code/class-names.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';

/**
 * Notes the agents of classes that extend the agent's: where the file builds them, and at the declaration where another
 * file does.
 */
export function findSubclasses(migration: Judged): void {
  for (const binding of migration.agentBindings) {
    for (const reference of binding.binding.referencePaths) {
      const named = classNamedBy(reference, binding);
      const base = named && outermostSame(named);
      if (base?.key === 'superClass' && base.parentPath?.isClass()) noteBuilt(base.parentPath, migration);
    }
  }
}

function noteBuilt(subclass: NodePath<t.Class>, migration: Judged): void {
  const name = nameOf(subclass);
  if (name === undefined) return;
  const left = reason('subclass-built', [], { subclass: name, class: migration.options.agentClass });
  const references = subclass.parentPath.scope.getBinding(name)?.referencePaths ?? [];
  const built = references.flatMap((reference) => {
    const { parentPath: parent } = reference;
    return parent?.isNewExpression() && reference.key === 'callee' ? [parent] : [];
  });
  for (const each of built) reportManual(migration, each, 'construction', left);
  if (built.length === 0 && isBuiltElsewhere(name, migration))
    reportManual(migration, subclass, 'class-reference', left);
}

function nameOf({ node, parent }: NodePath<t.Class>): string | undefined {
  if (node.id) return node.id.name;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

function isBuiltElsewhere(name: string, { project, path }: Source): boolean {
  const built = new RegExp(`\\bnew\\s+(?:[\\w$]+\\.)*${name.replaceAll('$', '\\$')}(?![\\w$])`);
  const files = project?.filesMentioning(path, name) ?? [];
  return files.some((file) => project?.isToMigrate(file) === true && built.test(project.read(file) ?? ''));
}
