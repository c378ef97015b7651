import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { reportManual } from '../../report.ts';
import { escapeRegExp } from '../../source/escape-reg-exp.ts';
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
  for (const { parentPath: extending, key } of references)
    if (key === 'superClass' && extending?.isClass()) noteBuilt(extending, migration);
  if (built.length === 0 && isBuiltElsewhere(name, migration))
    reportManual(migration, subclass, 'class-reference', left);
}

function nameOf({ node, parent }: NodePath<t.Class>): string | undefined {
  if (node.id) return node.id.name;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

/** Whether another file builds the class, or one that extends it in turn. */
function isBuiltElsewhere(subclass: string, { project, path }: Source): boolean {
  const names = new Set([subclass]);
  for (const name of names) {
    const written = `(?:[\\w$]+\\.)*${escapeRegExp(name)}(?![\\w$])`;
    const built = new RegExp(`\\bnew\\s+${written}`);
    const extended = new RegExp(`\\bclass\\s+([\\w$]+)\\s+extends\\s+${written}`, 'g');
    for (const file of project?.filesMentioning(path, name) ?? []) {
      const text = project?.read(file) ?? '';
      if (project?.isToMigrate(file) && built.test(text)) return true;
      for (const [, extending = ''] of text.matchAll(extended)) names.add(extending);
    }
  }
  return false;
}
