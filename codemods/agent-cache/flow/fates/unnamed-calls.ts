import type { NodePath } from '@babel/traverse';
import type { Judged, Problem } from '../../migration.ts';
import { type Member, propertyName } from '../../survey/code/members.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { effectOf } from '../effects/agent-verbs.ts';
import { ownMethods } from '../effects/own-methods.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';

/** How many names and conditions a name may be away from the texts that it can be. */
const MAX_STEPS = 4;
/** Stands for a name that nothing tells. */
const ANY_NAME = '*';

/** The names by which a method may be called: that which is written, those of a constant, or one that nothing tells. */
export function calledNames(member: Member, migration: Judged): readonly string[] {
  const name = propertyName(member.node);
  return name === undefined ? (textsOf(member) ?? namesLeft(migration)) : [name];
}

/** The methods that a name of which nothing is written may be: those of constants, or all that the class has. */
export function ownerlessNames(member: Member, migration: Judged): readonly string[] {
  return textsOf(member) ?? [...ownMethods(migration).keys()];
}

/** Why a call by a name that nothing tells may change the agent; undefined where no method of its class does. */
export function unnamedProblem(member: Member, call: NodePath, migration: Judged): Problem | undefined {
  return textsOf(member) ? undefined : anyMethodProblem(call, migration);
}

/** Why it may change the agent to call any of its methods; undefined where none of its class does. */
export function anyMethodProblem(call: NodePath, migration: Judged): Problem | undefined {
  const methods = [...ownMethods(migration).keys()];
  const isHarmless = methods.length > 0 && methods.every((each) => effectOf(each, migration) === undefined);
  return isHarmless ? undefined : reasonAt('method-unnamed', call, migration);
}

/** What is asked of a method that may be any: only what its call shows by itself. */
function namesLeft(migration: Judged): readonly string[] {
  return ownMethods(migration).size > 0 ? [] : [ANY_NAME];
}

function textsOf(member: Member): string[] | undefined {
  return texts(member.get('property') as NodePath, MAX_STEPS);
}

/** The texts that an expression can be; undefined where that is not seen. */
function texts(path: NodePath, steps: number): string[] | undefined {
  const value = withoutTypes(path);
  if (steps === 0) return undefined;
  if (value.isStringLiteral()) return [value.node.value];
  if (value.isConditionalExpression()) {
    const [one, other] = [value.get('consequent'), value.get('alternate')].map((each) =>
      texts(each, steps - 1),
    );
    return one && other ? [...one, ...other] : undefined;
  }
  const binding = bindingOf(value);
  const init = constantBehind(binding);
  const isName = binding?.path.isVariableDeclarator() && binding.path.node.id.type === 'Identifier';
  return init && isName ? texts(init as NodePath, steps - 1) : undefined;
}
