import type { Binding, NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import { originOf, partOf } from '../../survey/code/aliases.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { looksLikeRequest } from '../../survey/functions/handlers.ts';
import { isChangedBehind } from '../../survey/values/written-values.ts';
import { SOME, type Way } from '../../survey/values/writes/way.ts';

/** How many names, and calls of the function, may lie between an argument and the object. */
const MAX_STEPS = 4;
/** What lives on with the connection of a user, or with the program. */
const LIVES_ON = /^(session|locals|app|socket|connection)$/;

/** An object that a place is given, and what of it: the whole, or a part that is read there. */
interface Part {
  local: Binding;
  way: Way;
}

/**
 * The argument of a place whose object is changed later: an entry of the cache would be that of what it was, or another
 * user's would see the change.
 */
export function changedArgument(
  given: readonly NodePath[],
  place: NodePath,
  source: Source,
): NodePath | undefined {
  return given.find((each) => isChanged(each, place, source, MAX_STEPS));
}

function isChanged(given: NodePath, place: NodePath, source: Source, steps: number): boolean {
  return partsOf(given, false).some((part) => isPartChanged(part, place, source, steps));
}

/** Whether a caller gives what lives on, or changes what it gave. */
function isChangedByCall(given: NodePath, call: NodePath, source: Source, steps: number): boolean {
  return livesOn(given) || isChanged(given, call, source, steps);
}

function isPartChanged({ local, way }: Part, place: NodePath, source: Source, steps: number): boolean {
  if (local.scope.path.isProgram() || steps === 0) return false;
  const init = local.path.isVariableDeclarator() ? initBehind(local) : undefined;
  const literal = init && withoutTypes(init);
  const isLiteral = literal?.isObjectExpression() || literal?.isArrayExpression();
  if (isChangedBehind(place, local, way, source, isLiteral ? 'object' : 'unknown')) return true;
  if (isLiteral) return isChanged(literal, place, source, steps - 1);
  const whole = originOf(local);
  if (!whole?.binding) return local.kind === 'param' && isChangedByCaller(local, source, steps);
  const names = whole.state.split('.').slice(1);
  const inWhole = { names: [...names, ...way.names], free: names.length + way.free };
  return isPartChanged({ local: whole.binding, way: inWhole }, place, source, steps - 1);
}

/** Whether a caller changes what it gives to the function of a place. */
function isChangedByCaller({ path }: Binding, source: Source, steps: number): boolean {
  const fn = path.getFunctionParent();
  const index = path.key;
  if (!fn || path.listKey !== 'params' || typeof index !== 'number' || !path.isIdentifier()) return false;
  return callsByName(fn, source).some((call) => {
    const given = (call.get('arguments') as NodePath[])[index];
    return given !== undefined && isChangedByCall(given, call, source, steps - 1);
  });
}

/** The objects that an argument is made of. */
function partsOf(given: NodePath, isCopied: boolean): Part[] {
  const value = withoutTypes(given);
  const all = (parts: readonly NodePath[]) => parts.flatMap((each) => partsOf(each, isCopied));
  if (value.isObjectExpression())
    return value.get('properties').flatMap((each) => {
      if (each.isObjectProperty()) return partsOf(each.get('value') as NodePath, false);
      return each.isSpreadElement() ? partsOf(each.get('argument'), true) : [];
    });
  if (value.isArrayExpression()) return all((value.get('elements') as NodePath[]).filter(({ node }) => node));
  if (value.isConditionalExpression()) return all([value.get('consequent'), value.get('alternate')]);
  if (value.isLogicalExpression()) return all([value.get('left'), value.get('right')]);
  const names: string[] = [];
  let root = value;
  for (; isMember(root); root = withoutTypes(root.get('object') as NodePath))
    names.unshift(propertyName(root.node) ?? SOME);
  const local = bindingOf(root);
  // What is read at the place is its own; only what that holds is known to others.
  const way: Way = { names, free: names.length };
  return local ? [{ local, way: isCopied ? { names, free: names.length + 1 } : way }] : [];
}

/** Whether an argument is a thing that lives longer than what is asked for: the session, what handlers leave behind. */
export function livesOn(argument: NodePath): boolean {
  const [root = '', name = '', ...more] = partOf(argument)?.state.split('.') ?? [];
  return looksLikeRequest(root) && LIVES_ON.test(name) && more.length === 0;
}
