import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Definition } from '../../survey/code/definitions.ts';
import type { Flow, Frame, Holding } from './flow.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { classChain } from '../../survey/code/class-chain.ts';

/** What the methods of an owner do to `this.name`, which is the agent or holds it. */
export function followProperty(flow: Flow, owner: Definition, name: string, holding: Holding): void {
  const bodies: NodePath[] =
    owner.kind === 'instance'
      ? classChain(owner.path, flow.migration)
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

function inside(place: NodePath, owner: Definition, holding: Holding): Holding {
  const { frame } = holding;
  const fn = place.getFunctionParent() ?? undefined;
  const own: Frame = { fn, call: undefined, owner, depth: frame.depth, returned: [] };
  return { ...holding, indirect: true, frame: own };
}
