import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructorOf, superclassOf } from '../../survey/code/class-members.ts';
import { type Definition, definitionOf } from '../../survey/code/definitions.ts';
import type { Flow, Frame, Holding } from './flow.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { reasonAt } from '../../survey/code/place-at.ts';

const MAX_ANCESTORS = 4;

/** The constructor that building a class runs: its own, or the nearest one above it; undefined when there is none. */
export function constructorRun(path: NodePath<t.Class>, source: Source): FunctionPath | undefined {
  for (const each of lineageOf(path, source)) {
    const own = constructorOf(each);
    if (own) return own;
  }
  return undefined;
}

/** What the methods of an owner do to `this.name`, which is the agent or holds it. */
export function followProperty(flow: Flow, owner: Definition, name: string, holding: Holding): void {
  const bodies: NodePath[] =
    owner.kind === 'instance'
      ? lineageOf(owner.path, flow.migration)
      : owner.kind === 'object'
        ? [owner.path]
        : [];
  for (const body of bodies) {
    const key = [body.node.start, name, ...holding.path, holding.part].join(' ');
    if (flow.properties.has(key)) continue;
    flow.properties.add(key);
    body.traverse({
      'MemberExpression|OptionalMemberExpression': (member: NodePath) => {
        if (!isMember(member) || !(member.get('object') as NodePath).isThisExpression()) return;
        if (propertyName(member.node) === name) flow.follow(member, inside(member, owner, holding));
      },
      VariableDeclarator: (declarator) => {
        const { id, init } = declarator.node;
        if (init?.type !== 'ThisExpression' || id.type !== 'ObjectPattern') return;
        const held = { ...inside(declarator, owner, holding), path: [name, ...holding.path] };
        flow.followTarget(declarator.get('id') as NodePath, held);
      },
    });
  }
}

/** `x = this.agent` in a class: a field of an instance that lives no longer than the call is followed. */
export function followField(
  flow: Flow,
  field: NodePath<t.ClassProperty | t.ClassPrivateProperty>,
  holding: Holding,
): void {
  const { owner } = holding.frame;
  const name = keyName(field.node);
  if (owner && name !== undefined) followProperty(flow, owner, name, holding);
  else flow.fail(reasonAt('agent-kept', field, flow.migration));
}

/** A class and those that it extends, as far as they can be read. */
function lineageOf(path: NodePath<t.Class>, source: Source): NodePath<t.Class>[] {
  const lineage = [path];
  for (let count = 0; count < MAX_ANCESTORS; count++) {
    const superclass = superclassOf(lineage[0] ?? path);
    const parent = superclass && definitionOf(superclass, source);
    if (parent?.kind !== 'class' || lineage.includes(parent.path)) break;
    lineage.unshift(parent.path);
  }
  return lineage.reverse();
}

function inside(place: NodePath, owner: Definition, holding: Holding): Holding {
  const { frame } = holding;
  const fn = place.getFunctionParent() ?? undefined;
  const own: Frame = { fn, call: undefined, owner, depth: frame.depth, returned: [] };
  return { ...holding, indirect: true, frame: own };
}
