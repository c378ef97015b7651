import type { NodePath } from '@babel/traverse';
import { givenFactoryProblem, unseenValueProblem } from '../judge/passed-factories/given-factory.ts';
import { isHandedToUnread } from '../judge/builders/handed-over.ts';
import { canInlineGuard } from '../judge/rules/guards.ts';
import { ownProblem } from './own-problem.ts';
import { settleMembers } from './settle-members.ts';
import { reportManual } from '../report.ts';
import type { Factory, Judged, Migration, Plan, Problem, Site, Source, Surveyed } from '../migration.ts';
import { type BlockingUse, importersOfFactory, isKeptByName, keptFor } from './importers-of-factory.ts';
import { unexplainedProblem } from '../survey/modules/unexplained-use.ts';
import { callsOf } from '../survey/factories/find-factories.ts';
import { factoriesOver, valuesLeftOf, valuesOf } from './factory-uses.ts';
import { reason } from '../reasons/reason.ts';
import { absolutePath } from '../source/specifiers.ts';
import { declaredTypeOf, resultOf } from '../survey/functions/declared-type.ts';
import { allowsPromise } from '../survey/functions/promises-by-type.ts';
import { manual } from '../judge/rules/manual.ts';
import { withTypes } from '../survey/code/wrappers.ts';

/** Decides which factories go, which stay as they are, and how the failure that a factory maps is kept. */
export function settleFactories(migration: Migration): void {
  leaveCallsOfKept(migration);
  // Those that are built of others come after them, and what they still call has to stay.
  for (const factory of [...migration.factories].reverse()) {
    const problem = problemOf(migration, factory);
    if (problem) keep(migration, factory, problem);
    else if (factory.guard) settleGuarded(migration, factory, factory.guard);
    else factory.fate = fateOf(factory, migration);
  }
  settleMembers(migration);
  for (const { reference, exported } of migration.factoryValues)
    reportReference(migration, reference, exported.async);
}

/** What goes on calling another file's factory can wait for it only if that one is to give a promise. */
function leaveCallsOfKept({ sites, project, options }: Migration): void {
  if (!project) return;
  for (const site of sites) {
    const { plan, remote } = site;
    if (!remote || plan?.form === 'manual') continue;
    const { file, declared, guarded, async, cached, keeps } = remote.exported;
    if (!guarded || (async && !keeps) || cached || !isKeptByName(file, declared, project, options)) continue;
    site.plan = manual(reason('called-factory-stays', [], { factory: declared }));
  }
}

function fateOf({ exported, member, over, memo }: Factory, { isTask }: Source): Factory['fate'] {
  if (over) return 'wrap';
  if (member) return member.removable ? 'remove' : 'wrap';
  return !exported ? 'remove' : isTask || memo ? 'wrap' : 'reexport';
}

/** Why a factory has to stay as it is. */
function problemOf(migration: Migration, factory: Factory): Problem | undefined {
  const values = valuesLeft(factory, migration);
  const left = sitesOf(migration, factory).filter(({ plan }) => plan?.form === 'manual');
  const problem = ownProblem(factory, migration);
  if (problem) return problem;
  const below = builtOfKept(factory, migration);
  if (left.length + values.length === 0 && below) return below;
  if (left.length + values.length > 0 || isCalledByKept(migration, factory)) return usedProblem(factory);
  const isPromised = !factory.async && fateOf(factory, migration) === 'wrap';
  if (isPromised && isHeldToType(factory.fn, migration)) return reason('type-allows-no-promise');
  // Whoever has the whole object may call it, and take what it gives as its own.
  if (isHandedToUnread(withTypes(factory.fn), migration)) return unseenValueProblem(factory.async);
  if (!factory.exported) return undefined;
  if (!migration.project) return factory.async ? undefined : unseenProblem(factory);
  const file = absolutePath(migration.path);
  const { following, blocking, unexplained } = importersOfFactory(
    file,
    factory.name,
    migration.project,
    migration.options,
  );
  if (unexplained) return unexplainedProblem(factory.name, unexplained, migration);
  if (blocking) return importedProblem(factory, blocking);
  for (const file of following) migration.dependsOn.add(file);
  return undefined;
}

/** Whether a type that is declared elsewhere allows no promise: one that is written out here is written anew. */
function isHeldToType(fn: Factory['fn'], migration: Migration): boolean {
  const type = declaredTypeOf(fn);
  return type !== undefined && resultOf(type) === undefined && !allowsPromise(fn, migration);
}

/** Why a factory stays that gives on what another one gives. */
function builtOfKept(factory: Factory, { factories, remoteFactories, path, project, options }: Migration) {
  if (!project || !factory.over) return undefined;
  const kept = keptFor(absolutePath(path), factories.indexOf(factory), project, options);
  if (kept !== 'below') return undefined;
  const { source } = factory;
  const isCalled = ({ calls }: { calls: readonly NodePath[] }) =>
    calls.some(({ node }) => node === source.node);
  const below =
    remoteFactories.find(isCalled)?.exported.declared ??
    factories.find((each) => callsOf(each).some(({ node }) => node === source.node))?.name;
  return reason('called-factory-stays', [], { factory: below ?? factory.name });
}

/** Leaves a factory; where its calls are rewired none the less, the failure that it maps is mapped there. */
function keep(migration: Judged, factory: Factory, problem: Problem): void {
  const { guard, fn, memo } = factory;
  factory.fate = 'keep';
  reportManual(migration, fn, 'factory', problem);
  if (memo) {
    const together = reason('kept-for-all-calls', [], { factory: factory.name });
    for (const site of sitesOf(migration, factory))
      if (site.plan?.form !== 'manual') site.plan = manual(together);
    return;
  }
  if (!guard) {
    // Their calls go on calling it, and would wait for nothing.
    if (factory.over?.mapsFailure)
      for (const site of sitesOf(migration, factory))
        if (site.plan?.form !== 'manual') site.plan = manual(problem);
    return;
  }
  for (const site of sitesOf(migration, factory)) {
    if (site.plan?.form === 'manual') continue;
    const isForThem = problem.id !== 'failure-told-apart';
    site.plan = (isForThem ? guardedPlan(site, guard) : undefined) ?? manual(problem);
  }
}

function sitesOf({ sites }: Judged, factory: Factory): Site[] {
  return sites.filter((site) => site.factory === factory);
}

/** Whether another factory is built of this one, and stays. */
function isCalledByKept(migration: Surveyed, factory: Factory): boolean {
  return factoriesOver(factory, migration).some(({ fate }) => fate === 'keep');
}

function settleGuarded(migration: Judged, factory: Factory, guard: NonNullable<Factory['guard']>): void {
  const plans = new Map(sitesOf(migration, factory).map((site) => [site, guardedPlan(site, guard)]));
  const isElsewhere =
    factory.exported ||
    factory.member ||
    factory.passed.length > 0 ||
    factoriesOver(factory, migration).length > 0;
  const inline = !isElsewhere && [...plans.values()].every(Boolean);
  factory.fate = inline ? 'remove' : 'wrap';
  if (inline) for (const [site, plan] of plans) site.plan = plan;
}

/** The plan of a call that the factory's `catch` can stand at, which must await the agent where it is. */
function guardedPlan(site: Site, guard: NonNullable<Factory['guard']>): Plan | undefined {
  const { plan, expression } = site;
  const isAwaited =
    plan?.form === 'await' || (plan?.form === 'promise' && expression.parentPath?.isAwaitExpression());
  if (!isAwaited || !canInlineGuard(site, guard)) return undefined;
  const { promote, awaits } = plan.form === 'await' ? plan : {};
  return { form: 'guard', guard, ...(promote && { promote }), ...(awaits && { awaits }) };
}

/** Reports the uses of a factory as a value, but for those that do with a promise, which are noted. */
function valuesLeft(factory: Factory, migration: Migration): NodePath[] {
  const { async, member } = factory;
  const left = valuesLeftOf(factory, migration);
  for (const value of left) {
    const problem = givenFactoryProblem({ value, async }, migration);
    if (problem || member) reportReference(migration, value, async, problem);
  }
  factory.passed = valuesOf(factory).filter((value) => !left.includes(value));
  return left;
}

function reportReference(migration: Migration, reference: NodePath, async: boolean, problem?: Problem): void {
  const { parentPath: parent, node } = reference;
  if (parent?.isTSTypeQuery()) {
    reportManual(migration, reference, 'factory-reference', reason('factory-type-taken'));
  } else if (node.type === 'Identifier' || node.type.endsWith('MemberExpression')) {
    reportManual(
      migration,
      reference,
      'factory-reference',
      problem ?? givenFactoryProblem({ value: reference, async }, migration) ?? unseenValueProblem(async),
    );
  } else {
    reportManual(migration, reference, 'dynamic-import', reason('factory-loaded-late'));
  }
}

function importedProblem({ name }: Factory, { at, isLeftOut }: BlockingUse): Problem {
  const id = isLeftOut ? 'factory-used-in-left-file' : 'factory-used-elsewhere';
  return reason(id, [at], { factory: name });
}

function unseenProblem({ name }: Factory): Problem {
  return reason('factory-exported', [], { factory: name });
}

function usedProblem({ name }: Factory): Problem {
  return reason('factory-still-used', [], { factory: name });
}
