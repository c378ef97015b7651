import type { NodePath } from '@babel/traverse';
import { ANY, type Flow, type Frame, type Holding } from './flow.ts';
import { MAX_PARTS } from '../../source/far.ts';
import { memberHolding } from '../../survey/functions/builders.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isMember, keyName, type Member, propertyName } from '../../survey/code/members.ts';
import { isSameNode } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { referencesTo } from '../../survey/functions/handlers.ts';
import { calledName, callGiven } from '../../survey/functions/later-callbacks.ts';
import { withTypes } from '../../survey/code/wrappers.ts';

/** Follows what a function within the one that got the agent returns, to the calls that give that to somebody. */
export function followOutOf(flow: Flow, fn: FunctionPath, into: Holding): void {
  const holding = bounded(into);
  const key = ['returned', fn.node.start, ...holding.path, holding.part].join(' ');
  if (flow.properties.has(key)) return;
  flow.properties.add(key);
  const given = { ...holding, indirect: true };
  const value = withTypes(fn);
  const around = callGiven(fn);
  const name = around ? calledName(around) : '';
  if (around && /^(then|catch)$/.test(name)) flow.follow(around, given);
  else if (around && /^(map|flatMap)$/.test(name))
    flow.follow(around, { ...given, path: [ANY, ...given.path] });
  for (const each of [value, ...referencesTo(fn)]) followCallOf(flow, each, given);
  followOutOfMember(flow, fn, holding);
}

/**
 * Follows what a member of a holder gives to where the function that got the agent asks for it (`box.open()`, `box.agent`),
 * or another member of the holder.
 */
export function followOutOfMember(flow: Flow, fn: FunctionPath, into: Holding): void {
  const holding = bounded(into);
  const member = fn.isMethod() ? fn : memberHolding(fn);
  const name = member && keyName(member.node);
  const key = ['given by', fn.node.start, ...holding.path, holding.part].join(' ');
  if (name === undefined || flow.properties.has(key)) return;
  flow.properties.add(key);
  const given = { ...holding, indirect: true };
  const followIn = (root: NodePath | null | undefined, frameAt: (access: NodePath) => Frame) =>
    root?.traverse({
      'MemberExpression|OptionalMemberExpression': (access: NodePath) => {
        if (!isMember(access) || propertyName(access.node) !== name || !mayBe(access, fn, flow)) return;
        const held = { ...given, frame: frameAt(access) };
        if (fn.isMethod({ kind: 'get' })) flow.follow(access, held);
        else followCallOf(flow, access, held);
      },
    });
  followIn(flow.home.fn, () => flow.home);
  const { owner, depth } = holding.frame;
  followIn(
    fn.findParent((each) => each.isClassBody() || each.isObjectExpression()),
    (access) => ({
      fn: access.getFunctionParent() ?? undefined,
      call: undefined,
      owner,
      depth,
      returned: [],
    }),
  );
}

/** A function that puts what it gives itself into more (`{ kids: n.kids.map(go) }`) has it at ever longer paths: at any, then. */
function bounded(holding: Holding): Holding {
  return holding.path.length > MAX_PARTS ? { ...holding, path: [ANY] } : holding;
}

/** Whether a member may be the one that a function is: nothing tells of another. */
function mayBe(access: Member, fn: FunctionPath, { migration }: Flow): boolean {
  const known = calledDefinition(access, migration);
  return known === undefined || isSameNode(known.path, fn, migration);
}

function followCallOf(flow: Flow, callee: NodePath, holding: Holding): void {
  const { parentPath: call } = callee;
  if ((call?.isCallExpression() || call?.isOptionalCallExpression()) && callee.key === 'callee')
    flow.follow(call, holding);
}
