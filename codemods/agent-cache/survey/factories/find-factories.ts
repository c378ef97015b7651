import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { exportedNameAt, exportNamesOf } from '../code/exports.ts';
import { parameterProblem, takesApart } from './factory-parameters.ts';
import { factoryShape, promiseAround } from './factory-shape.ts';
import { memberFunction } from './member-factories.ts';
import { memoAround } from './own-memo.ts';
import { compareWithOwn } from '../modules/own-arguments.ts';
import { isOfAnotherType } from '../modules/own-types.ts';
import { givesAtOnce } from '../modules/getter-kind.ts';
import { usesOfOwnExport } from '../modules/own-exports.ts';
import { isOverload, overloadsOf } from '../code/overloads.ts';
import { referencesOf } from '../code/references.ts';
import { closureAround, whereGiven } from '../code/where-given.ts';
import type { Factory, Memo, Source, Surveyed } from '../../migration.ts';
import { bindingOfFunction } from '../code/bindings.ts';
import { callAt } from '../code/call-at.ts';

type FactoryFunction = Factory['fn'];

/** Finds the functions that only build an agent and return it, and those that only return what such a one built. */
export function findFactories(
  migration: Surveyed,
  sources: readonly Factory['source'][] = migration.constructions,
): void {
  // What gets its agent at once stays the function that it is.
  if (givesAtOnce(migration)) return;
  findFrom(
    sources.map((source) => ({ source, over: undefined })),
    migration,
  );
}

/** What a factory may be built of: a construction, or a call of another factory. */
type FactorySource = Pick<Factory, 'source' | 'over'>;

function findFrom(sources: readonly FactorySource[], migration: Surveyed): void {
  const pending = [...sources];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const factory = factoryAround(next, migration);
    if (!factory || migration.factories.some(({ fn }) => fn.node === factory.fn.node)) continue;
    migration.factories.push(factory);
    const over = factory.guard ? { mapsFailure: true } : factory.over;
    pending.push(...callsOf(factory).map((source) => ({ source, over })));
  }
}

/** Finds the functions that only return what an imported factory built. */
export function findFactoriesOfImported(migration: Surveyed): void {
  const sources = migration.remoteFactories.flatMap(({ exported, calls }) => {
    const { mapsFailure } = exported;
    const over = exported.guarded ? { mapsFailure } : undefined;
    return exported.async ? [] : calls.map((source): FactorySource => ({ source, over }));
  });
  findFrom(sources, migration);
}

/** The calls of a factory by its name. */
export function callsOf({ references }: Factory): NodePath<t.CallExpression>[] {
  return references.flatMap((reference) => callAt(reference) ?? []);
}

/** Its callers have no name of the module, and would load that at another time. */
function isLoadedLate({ node }: NodePath, { lateConstructions }: Surveyed): boolean {
  return lateConstructions.some(({ construction }) => construction.node === node);
}

function factoryAround({ source, over }: FactorySource, migration: Surveyed): Factory | undefined {
  if (!isLikeTheCaches(source, migration) || isLoadedLate(source, migration)) return undefined;
  const fn = source.getFunctionParent();
  // What a namespace of TypeScript exports is called by another path.
  if (fn?.findParent((path) => path.isTSModuleBlock())) return undefined;
  if (!fn || !isFactoryFunction(fn) || fn.node.generator) return undefined;
  const promise = over ? undefined : promiseAround(source);
  const memo = memoAround(promise ?? source, migration)?.memo;
  if (memo && !memo.isPlain) return undefined;
  const body = memo ?? factoryShape(fn, promise ?? source);
  if (promise && body?.guard) return undefined;
  if (!hasNoOtherVariables(fn, memo)) return undefined;
  const named =
    body &&
    (nameOf(fn, migration) ?? exportOf(fn, migration) ?? (promise ? undefined : memberOf(fn, migration)));
  if (!named || parameterProblem(fn)) return undefined;
  // One that stays would need other signatures as well.
  if ((body.guard || migration.isTask) && overloadsOf(fn).length > 0) return undefined;
  const { name, references, member } = named;
  return {
    name,
    references,
    ...(member && { member }),
    fn,
    source,
    guard: body.guard,
    over,
    async: fn.node.async === true || promise !== undefined,
    ...(memo && { memo }),
    takesApart: takesApart(fn),
    exported: exportNamesOf({ ...named, fn }).length > 0,
    passed: [],
    fate: 'keep',
  };
}

/** Whether all that a function declares for another one is what that keeps its agent in. */
function hasNoOtherVariables(fn: FactoryFunction, memo: Memo | undefined): boolean {
  const declared = closureAround(fn)?.declarations.flatMap(({ node }) => node.declarations);
  return declared?.every((each) => each === memo?.declared.node) ?? true;
}

/** Whether nothing that the source is given tells its agent from the shared one. */
function isLikeTheCaches(source: Factory['source'], migration: Surveyed): boolean {
  if (isOfAnotherType(source, migration.options.factory, migration)) return false;
  if (source.node.arguments.length === 0) return true;
  return migration.constructions.some(({ node }) => node === source.node)
    ? compareWithOwn(source, migration) === 'same'
    : false;
}

/** Whether a function is of a form that factories have. */
export function isFactoryFunction(fn: NodePath): fn is FactoryFunction {
  if (fn.isFunctionDeclaration() || fn.isFunctionExpression() || fn.isArrowFunctionExpression()) return true;
  return fn.isObjectMethod() || fn.isClassMethod() || fn.isClassPrivateMethod();
}

type Named = Pick<Factory, 'name' | 'references' | 'member'>;

/** A member whose every use can be seen; an async one changes nothing for those who call it. */
function memberOf(fn: FactoryFunction, source: Source): Named | undefined {
  const found = fn.node.async ? undefined : memberFunction(fn, source);
  return found && !found.blocking ? found : undefined;
}

function nameOf(fn: FactoryFunction, source: Source): Named | undefined {
  const binding = bindingOfFunction(fn);
  if (!binding?.constant) return undefined;
  const references = referencesOf(binding, source.program, source.text).filter((each) => !isOverload(each));
  const named = { name: binding.identifier.name, references };
  return withOwnUses(named, fn, source);
}

/** A function without a name of its own is one of the file's exports. */
function exportOf(fn: FactoryFunction, source: Source): Named | undefined {
  if (fn.isFunctionDeclaration()) return fn.node.id ? undefined : { name: 'default', references: [] };
  const path = exportedNameAt(whereGiven(fn));
  if (path === undefined) return undefined;
  const name = path === '' ? 'default' : path.slice(path.lastIndexOf('.') + 1);
  return withOwnUses({ name, references: [] }, fn, source);
}

/** With the uses by `exports.name` and its like; undefined when some of them cannot be followed. */
function withOwnUses(named: Named, fn: FactoryFunction, source: Source): Named | undefined {
  const references = [...named.references];
  for (const path of exportNamesOf({ ...named, fn })) {
    const uses = usesOfOwnExport(path, [whereGiven(fn), ...named.references], source);
    if (uses.blocking) return undefined;
    references.push(...uses.references);
  }
  return { ...named, references };
}
