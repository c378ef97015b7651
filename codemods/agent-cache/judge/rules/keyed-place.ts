import { clientName } from '../../source/client-noun.ts';
import type { NodePath } from '@babel/traverse';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { reason } from '../../reasons/reason.ts';
import { reasonAt, shownPath } from '../../survey/code/place-at.ts';
import type { ChainedCall, Plan, Problem, Site, Source, Surveyed } from '../../migration.ts';
import { keyedGetter } from '../../options.ts';
import { looksLikeRequest } from '../../survey/functions/handlers.ts';
import { moduleExports } from '../../survey/modules/module-exports.ts';
import { compareWithOwn } from '../../survey/modules/own-arguments.ts';
import type { Construction } from '../../survey/modules/own-construction.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import { isMember } from '../../survey/code/members.ts';
import { takesText } from '../../survey/code/declared-texts.ts';
import { calledArguments } from '../../survey/modules/called-arguments.ts';
import { passingCredential } from '../../survey/values/credentials.ts';
import { originsOf } from '../../survey/values/origins.ts';
import { readValue } from '../../survey/values/value-reader.ts';
import { changedArgument, livesOn } from './changed-arguments.ts';
import { lookUpProblem } from './look-up-problem.ts';
import { passingProblem, typeProblem } from './argument-problem.ts';
import { manual } from './manual.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/**
 * Whether a place may take the entry of the cache that its arguments are the key of, or why not; undefined where it is
 * none of those: nobody asked for such entries, or it is the shared agent.
 */
export function keyedPlace(site: Site, source: Source): { problem?: Problem } | undefined {
  const { expression, factory, remote } = site;
  const given = expression.get('arguments') as NodePath[];
  if (!source.options.keyed || factory || remote || given.length === 0) return undefined;
  if (compareWithOwn(expression, source) === 'same') return undefined;
  const problem =
    missingProblem(source) ??
    keyProblem(given, expression, source) ??
    lookUpProblem(expression, source) ??
    typeProblem(expression, keyedGetter(source.options), source);
  return problem ? { problem } : {};
}

function missingProblem(source: Source): Problem | undefined {
  const { project, path, options } = source;
  const file = project?.cacheModuleOf(path);
  if (!project || file === undefined) return undefined;
  const { names, open } = moduleExports(file, project);
  const wanted = keyedGetter(options);
  if (open || names.has(wanted)) return undefined;
  return reason('no-keyed-getter', [], { module: shownPath(file, source), name: wanted });
}

function keyProblem(given: readonly NodePath[], place: Construction, source: Source): Problem | undefined {
  const passing = passingCredential(given, place.getFunctionParent() ?? undefined, source);
  if (passing) return passingProblem(passing, source);
  const names = { class: clientName(source.options) };
  const own =
    given.flatMap((each) => originsOf(each)).find((each) => hasIdentity(each, source)) ??
    calledArguments(place, source).find((each) => !each.isLiteral());
  if (own) return reasonAt('argument-with-identity', own, source, names);
  const changeable = given.filter(
    (each, position) => !takesText(place, position, source) || originsOf(each).some(isWrittenOut),
  );
  const changed = changedArgument(changeable, place, source);
  return changed && reasonAt('argument-changed-later', changed, source, names);
}

/** Whether it is an object or a list, whatever a type says. */
function isWrittenOut(origin: NodePath): boolean {
  return origin.isObjectExpression() || origin.isArrayExpression();
}

/** Whether a value is a thing, not a text or a number: another one of the same content is not the same. */
function hasIdentity(origin: NodePath, source: Source): boolean {
  const { node } = origin;
  if (
    /Function|Class|^(NewExpression|ThisExpression|RegExpLiteral|ObjectMethod|ObjectProperty)$/.test(
      node.type,
    )
  )
    return !(
      node.type === 'NewExpression' &&
      node.callee.type === 'Identifier' &&
      node.callee.name === 'URL'
    );
  if (origin.isSpreadElement() || livesOn(origin)) return true;
  if (!origin.isIdentifier()) return false;
  const binding = bindingOf(origin);
  // Of what a pattern takes apart, a part is given.
  const isTakenApart =
    origin.key === 'init' && 'id' in origin.parent && origin.parent.id?.type === 'ObjectPattern';
  if (binding?.kind === 'param') return looksLikeRequest(origin.node.name) && !isTakenApart;
  const read = binding?.scope.path.isProgram() ? readValue(origin, source) : undefined;
  // Something that is made once, when its module loads, and of which no more is known.
  return read !== undefined && 'text' in read && /#\d+$/.test(read.text);
}

/** The plan of a place that is the entry of its arguments: these are evaluated once, and where they stand. */
export function whereItStands(plan: Plan, site: Site, migration: Surveyed): Plan {
  const isImmediate =
    plan.form === 'chain' && plan.calls.every(({ use }) => use.node === site.expression.node);
  const stands =
    plan.form === 'manual' ||
    plan.form === 'promise' ||
    // The callers of a function that waits wait for it where they call it.
    (plan.form === 'await' && (!plan.awaits || creationOnlyBuilds(migration))) ||
    isImmediate ||
    (plan.form === 'chain' && isChainedAtOnce(plan.calls, plan.awaited, site));
  if (stands) return plan;
  return manual(reason('keyed-elsewhere'));
}

/** Whether the one call of the agent is the first that the statement behind it does: nothing runs in between. */
function isChainedAtOnce(
  calls: readonly ChainedCall[],
  awaited: readonly NodePath[],
  { expression }: Site,
): boolean {
  const [first, ...others] = calls;
  const declaration = ownDeclarator(expression);
  if (
    !first ||
    others.length > 0 ||
    awaited.length > 0 ||
    declaration?.statement.node.declarations.length !== 1
  )
    return false;
  const statement = declaration.statement.getNextSibling();
  return beginsWith(statement, first.use);
}

/** Whether the first thing that a statement evaluates is an expression. */
function beginsWith(statement: NodePath, expression: NodePath): boolean {
  let part: NodePath = expression;
  while (part.parentPath && part.node !== statement.node) {
    const { parentPath: outer, key } = part;
    const isFirst =
      (isMember(outer) && key === 'object') ||
      (outer.isCallExpression() && key === 'callee') ||
      ((outer.isAwaitExpression() ||
        outer.isReturnStatement() ||
        outer.isUnaryExpression({ operator: 'void' })) &&
        key === 'argument') ||
      (outer.isExpressionStatement() && key === 'expression');
    if (!isFirst) return false;
    part = outer;
  }
  return part.node === statement.node;
}
