import type { NodePath } from '@babel/traverse';
import { changedByUsers } from '../flow/effects/changed-by-users.ts';
import { followAgent } from '../flow/fates/agent-flow.ts';
import type { ExportedFactory, Migration, Source, Surveyed } from '../migration.ts';
import { placementOf } from '../survey/code/placement.ts';
import { exportedFactories } from '../survey/factories/exported-factories.ts';
import {
  type FactoryUse,
  givesAgent,
  importedFactoryUses,
  noteFactoryUses,
} from '../survey/factories/imported-factories.ts';
import { takenFromLoad } from '../survey/modules/taken-from-load.ts';
import { callAt } from '../survey/code/call-at.ts';
import type { ModuleHolder } from '../survey/modules/module-holders.ts';
import { givenOnProblem } from './given-on-problem.ts';
import { givenFactoryProblem, isGivenArguments } from './passed-factories/given-factory.ts';
import { ownedProblem } from './plans/at-once-plan.ts';
import { planPastAwait } from './plans/past-await-plan.ts';
import { cacheProblem } from './rules/cache-problem.ts';

/** Finds the factories that the file has from others, the places that call them, and those that do something else. */
export function findRemoteFactories(migration: Migration): void {
  const { project, options } = migration;
  if (!project) return;
  const factoriesOf = (file: string) => exportedFactories(file, project, options);
  const found = [...importedFactoryUses(migration, factoriesOf)];
  const calls = found.flatMap(({ uses }) =>
    uses.flatMap((use) => (use.form === 'call' && use.value.async ? use.at : [])),
  );
  for (const { holder, uses } of found) {
    if (holder.import)
      noteFactoryUses(migration, holder.import, uses, (use) =>
        use.form === 'call' ? hasToBeRewritten(use, calls, migration) : mayBeWrapped(use, migration),
      );
    for (const use of uses) {
      if (use.form === 'export' || (use.form === 'call' && holder.import)) continue;
      const { value: exported, at: reference } = use;
      // What gives the shared agent already may go on giving it.
      const stays =
        exported.cached ||
        (exported.async ? isSeen(use, calls, migration) : isAwaitedByName(use, holder, migration));
      if (!stays) migration.factoryValues.push({ exported, reference });
    }
  }
  if (migration.remoteFactories.some(({ passed }) => passed.length > 0) && cacheProblem(migration))
    leavePassed(migration);
}

/** Without a cache to take the agent from, nothing can be written in the place of a factory. */
function leavePassed({ remoteFactories, factoryValues }: Surveyed): void {
  for (const { exported, passed } of remoteFactories)
    for (const reference of passed.splice(0)) factoryValues.push({ exported, reference });
}

/** Whether a factory is given to what awaits its agent. */
function isAwaitedByName(use: FactoryUse, holder: ModuleHolder, migration: Migration): boolean {
  if (use.form !== 'value' || givenFactoryProblem({ value: use.at, async: false }, migration)) return false;
  return !hasToBeWrapped(use, migration) || holder.import !== undefined;
}

/** Whether an async factory comes to no code that may take the agent as its own. */
function isSeen(use: FactoryUse, calls: readonly NodePath[], migration: Migration): boolean {
  if (use.form === 'export') return true;
  const { at, value } = use;
  if (use.form === 'call') return canStay(use.at, value, calls, migration);
  if (at.parentPath?.isTSTypeQuery()) return true;
  const taken = takenFromLoad(at, value.declared);
  if (!taken) return !givenFactoryProblem({ value: at, async: true }, migration);
  return taken.every((each) => {
    const call = callAt(each);
    return call
      ? canStay(call, value, [call], migration)
      : !givenFactoryProblem({ value: each, async: true }, migration);
  });
}

/** Whether what a factory is given to would hand an argument to the cache's own function, which takes its place. */
function hasToBeWrapped({ value, at }: FactoryUse & { form: 'value' }, source: Source): boolean {
  return !value.guarded && !value.cached && isGivenArguments(at, source);
}

function mayBeWrapped(use: FactoryUse & { form: 'value' }, migration: Migration): boolean {
  if (!hasToBeWrapped(use, migration)) return false;
  return !givenFactoryProblem({ value: use.at, async: use.value.async }, migration);
}

function hasToBeRewritten(
  use: FactoryUse & { form: 'call' },
  calls: readonly NodePath[],
  migration: Migration,
): boolean {
  return givesAgent(use) || (!use.value.cached && !canStay(use.at, use.value, calls, migration));
}

/**
 * Whether a call of an async factory may get the cached agent as it is: nothing treats that as its own.
 * @param calls all of the file
 */
function canStay(
  call: NodePath,
  { mapsFailure }: ExportedFactory,
  calls: readonly NodePath[],
  migration: Migration,
): boolean {
  const placement = placementOf(call);
  const changed = () => changedByUsers(call, migration, calls);
  if ('problem' in placement) return !(ownedProblem(call, migration) ?? changed());
  const flow = followAgent(call, migration);
  if (flow.problem ?? givenOnProblem(placement.fn, flow, migration) ?? changed()) return false;
  return mapsFailure || planPastAwait(call, placement.fn, flow, migration) === undefined;
}
