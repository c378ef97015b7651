import { clientName } from '../../source/client-noun.ts';
import type { NodePath } from '@babel/traverse';
import type { Problem, Site, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt, shownPath } from '../../survey/code/place-at.ts';
import { isWithoutEffect } from '../../survey/code/without-effect.ts';
import { compareWithOwn } from '../../survey/modules/own-arguments.ts';
import { isOfAnotherType } from '../../survey/modules/own-types.ts';
import type { Construction } from '../../survey/modules/own-construction.ts';
import { type Passing, passingCredential } from '../../survey/values/credentials.ts';
import { readValue } from '../../survey/values/value-reader.ts';

/** Why a place is left whose arguments would be lost. */
export function argumentProblem({ expression, factory, remote }: Site, source: Source): Problem | undefined {
  const { arguments: given } = expression.node;
  if (factory || remote) {
    const isApart = factory?.takesApart || remote?.exported.takesApart;
    if (isApart && given.some(({ type }) => type !== 'ObjectExpression')) {
      return reason('argument-taken-apart');
    }
    if (given.every(isWithoutEffect)) return undefined;
    return reason('arguments-with-effects');
  }
  return constructionProblem(expression, source) ?? typeProblem(expression, source.options.factory, source);
}

/** Why a construction is of another type than what the cache gives, whatever its arguments are. */
export function typeProblem(expression: Construction, getter: string, source: Source): Problem | undefined {
  if (!isOfAnotherType(expression, getter, source)) return undefined;
  return reason('other-type-arguments', [], { class: clientName(source.options), cache: cacheName(source) });
}

/** Why a construction is not that of the cache, by what it is given. */
function constructionProblem(expression: Construction, source: Source): Problem | undefined {
  const compared = compareWithOwn(expression, source);
  const given = expression.get('arguments') as NodePath[];
  if (compared === 'same' || (given.length === 0 && compared === 'unknown')) return undefined;
  const names = { class: clientName(source.options), cache: cacheName(source) };
  if (given.length === 0) return reason('built-without-arguments', [], names);
  const passing = passingCredential(given, expression.getFunctionParent() ?? undefined, source);
  if (passing) return passingProblem(passing, source);
  return given.every((each) => isFixed(each, source))
    ? reason('built-with-constants', [], names)
    : reason('built-with-arguments', [], { class: names.class });
}

/** Why an agent of a credential that is used once has no place in a cache. */
export function passingProblem({ kind, at }: Passing, source: Source): Problem {
  return reason(kind === 'minted' ? 'token-made-here' : 'token-checked-here', [placeAt(at, source)]);
}

/** Whether an argument is the same at every request: what it comes to can be told, or is made when its module loads. */
function isFixed(given: NodePath, source: Source): boolean {
  if (given.isSpreadElement()) return false;
  return 'text' in readValue(given, source);
}

function cacheName(source: Source): string {
  const file = source.project?.cacheModuleOf(source.path);
  return file === undefined ? 'the cache module' : shownPath(file, source);
}
