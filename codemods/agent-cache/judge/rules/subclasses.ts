import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { reportManual } from '../../report.ts';
import { classNamedBy } from '../../survey/code/class-names.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { usesOfClass } from '../../survey/values/class-uses.ts';
import { getsOutOfSight } from './class-uses.ts';

/**
 * Notes the agents of classes that extend the agent's: where the file builds them, and at the declaration where another
 * file does, or where nothing shows what becomes of the class.
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
  const subclassName = nameOf(subclass) ?? 'class';
  const left = reason('subclass-built', [], { subclass: subclassName, class: migration.options.agentClass });
  const built = buildingUses(subclass, migration, new Set());
  const here = built.filter(
    (each) => each.isNewExpression() && each.scope.getProgramParent().block === migration.program.node,
  );
  for (const each of here) reportManual(migration, each, 'construction', left);
  if (here.length === 0 && built.length > 0) reportManual(migration, subclass, 'class-reference', left);
}

function nameOf({ node, parent }: NodePath<t.Class>): string | undefined {
  if (node.id) return node.id.name;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

/** Where the class is built, or one that extends it in turn, and where it is given to what may do that. */
function buildingUses(made: NodePath<t.Class>, migration: Judged, seen: Set<t.Node>): NodePath[] {
  if (seen.has(made.node)) return [];
  seen.add(made.node);
  const uses = usesOfClass(made, migration).filter((each) => isMigrated(each, migration));
  return [
    ...ownBuilders(made),
    ...uses.flatMap((use): NodePath[] => {
      const { parentPath: parent, key } = use;
      if (parent?.isNewExpression() && key === 'callee') return [parent];
      if (parent?.isClass() && key === 'superClass') return buildingUses(parent, migration, seen);
      return getsOutOfSight(use, migration) ? [use] : [];
    }),
  ];
}

function isMigrated(use: NodePath, migration: Judged): boolean {
  if (use.scope.getProgramParent().block === migration.program.node) return true;
  return migration.project?.isToMigrate(fileOf(use, migration)) === true;
}

/** `new this()` in the static methods of a class. */
function ownBuilders(made: NodePath<t.Class>): NodePath[] {
  const found: NodePath[] = [];
  for (const member of made.get('body').get('body')) {
    if (!('static' in member.node) || !member.node.static) continue;
    member.traverse({
      NewExpression: (each) => void (each.node.callee.type === 'ThisExpression' && found.push(each)),
    });
  }
  return found;
}
