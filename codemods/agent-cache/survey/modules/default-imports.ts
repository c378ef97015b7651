import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { isForeign } from '../code/foreign-values.ts';
import { propertyName } from '../code/members.ts';
import { fileOf, programsReaching } from '../code/opened-files.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { writtenName } from '../code/written-name.ts';

/** What other files make of a module's default export, where they know it by another name than its own. */
export interface DefaultUses {
  references: NodePath[];
  /** A module that hands it on under a name of its own. */
  blocking: NodePath | undefined;
  /** A file that imports the module and is not looked through. */
  unseen: string | undefined;
}

/** The uses of a default export whose declaration is called `name`. `isIt` tells whether a value is the export. */
export function usesOfDefault(
  { exported, name }: { exported: NodePath; name: string },
  isIt: (value: NodePath) => boolean,
  source: Source,
): DefaultUses {
  const { project } = source;
  const file = absolutePath(fileOf(exported, source));
  const seen = new Set(project?.dependentsOf(file));
  const unseen = project?.importersOf(file).find((each) => !seen.has(each));
  const found: DefaultUses = { references: [], blocking: undefined, unseen };
  const addImported = (specifier: NodePath, local: string) => {
    if (local === name) return;
    for (const each of specifier.scope.getBinding(local)?.referencePaths ?? [])
      if (isIt(each)) found.references.push(each);
  };
  for (const program of programsReaching(exported, undefined, source)) {
    program.traverse({
      ImportDefaultSpecifier: (specifier) => addImported(specifier, specifier.node.local.name),
      ImportSpecifier(specifier) {
        if (writtenName(specifier.node.imported) === 'default')
          addImported(specifier, specifier.node.local.name);
      },
      ExportSpecifier(specifier) {
        const { local, exported: as } = specifier.node;
        const isRenamed = local.name === 'default' && writtenName(as) !== name;
        if (isRenamed && writtenName(as) !== undefined) found.blocking ??= specifier;
      },
      'MemberExpression|OptionalMemberExpression'(member: NodePath) {
        if (!member.isMemberExpression() && !member.isOptionalMemberExpression()) return;
        if (propertyName(member.node) !== 'default') return;
        if (isIt(member) || !isForeign(member.get('object') as NodePath, source))
          found.references.push(member);
      },
    });
  }
  return found;
}
