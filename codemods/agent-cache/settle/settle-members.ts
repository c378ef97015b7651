import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory, FactoryMember, Surveyed } from '../migration.ts';
import { soleDeclarator } from '../survey/code/declarations.ts';

/**
 * Members that go may leave a class or an object that nothing uses any more. It goes as a whole when there is nothing
 * else in it; otherwise its factories stay.
 */
export function settleMembers(migration: Surveyed): void {
  for (const factory of migration.factories) {
    const { member, fate } = factory;
    if (!member || fate !== 'remove' || !isLeftUnused(member, migration)) continue;
    if (!wholeOwner(member, migration)) factory.fate = 'wrap';
  }
}

/** The declaration of the class or the object of a factory that goes, when it goes with it. */
export function wholeOwner(member: FactoryMember, migration: Surveyed): NodePath | undefined {
  const { owner } = member;
  const members = owner.isClass() ? owner.node.body.body : (owner.node as t.ObjectExpression).properties;
  const going = removedOf(member, migration);
  const isWhole = members.every((each) =>
    going.some((factory) => factory.member?.path.node === each || factory.memo?.declared.node === each),
  );
  if (!isWhole || !isLeftUnused(member, migration)) return undefined;
  return owner.isClassDeclaration() ? owner : soleDeclarator(owner)?.statement;
}

function isLeftUnused(member: FactoryMember, migration: Surveyed): boolean {
  const { binding } = member;
  if (!binding || member.exportPaths.length > 0) return false;
  const removed = removedOf(member, migration);
  const gone = new Set<t.Node>(
    removed.flatMap(({ references }) => references.map((each) => (each.get('object') as NodePath).node)),
  );
  const uses = binding.referencePaths.filter((each) => !removed.some(({ fn }) => each.isDescendant(fn)));
  return uses.length > 0 && uses.every(({ node }) => gone.has(node));
}

function removedOf({ owner }: FactoryMember, { factories }: Surveyed): Factory[] {
  return factories.filter(({ member, fate }) => fate === 'remove' && member?.owner.node === owner.node);
}
