import type { NodePath } from '@babel/traverse';
import { inlineAcquisition, keptCall } from './text/acquisition.ts';
import { withComments } from './text/argument-comments.ts';
import { soleDeclarator } from '../survey/code/declarations.ts';
import { awaitedText } from './text/parentheses.ts';
import { fileOf } from '../survey/code/opened-files.ts';
import { reportDone, reportManual } from '../report.ts';
import type { AwaitedCall, Migration, Site } from '../migration.ts';
import { awaitCall } from './forms/await-call.ts';
import { chainCalls } from './forms/chain-calls.ts';
import { declareProvider } from './forms/declare-provider.ts';
import { inlineGuard } from './forms/inline-guard.ts';
import { moveDeclaration } from './forms/move-declaration.ts';
import { planInWords } from './text/plan-in-words.ts';
import { promote } from './forms/promote.ts';
import { memoOfRewired, replaceMemo } from './forms/replace-memo.ts';
import { readAhead } from './forms/read-ahead.ts';
import { noteConstructor } from './note-constructor.ts';
import { noteMocks } from './note-mocks.ts';
import { noteDropped } from './note-dropped.ts';
import { absolutePath } from '../source/specifiers.ts';
import { replaceNode } from '../source/edit.ts';

/** Rewrites every place as it was judged, and notes each. */
export function rewireSites(migration: Migration): void {
  noteConstructor(migration);
  noteMocks(migration);
  for (const site of migration.sites) {
    const { plan, expression, kind, assumptions } = site;
    if (plan?.form === 'manual') reportManual(migration, expression, kind, plan.problem);
    else if (plan) {
      reportDone(migration, expression.node, kind, 'rewired', {
        plan: planInWords(site, plan, migration),
        assumptions,
      });
      noteDropped(site, plan, migration);
      rewire(migration, site);
    }
  }
}

/** A call in another file is awaited by the migration of that one, which has to come first. */
function awaitBuilder(migration: Migration, each: AwaitedCall): void {
  if (each.call.scope.getProgramParent().block === migration.program.node) awaitCall(migration, each);
  else migration.dependsOn.add(absolutePath(fileOf(each.call, migration)));
}

function rewire(migration: Migration, site: Site): void {
  const { plan, expression } = site;
  if (plan && 'ahead' in plan && plan.ahead) readAhead(migration, plan.ahead);
  const memo = memoOfRewired(site, migration);
  const waiting = plan?.form === 'await' ? 'await ' : '';
  if (memo) replaceMemo(migration, memo, waiting + acquisition(migration, site));
  else if (plan?.form === 'guard')
    inlineGuard(migration, expression, plan.guard, acquisition(migration, site));
  else if (plan?.form === 'promise') replaceNode(migration, expression.node, acquisition(migration, site));
  else if (plan?.form === 'move') moveDeclaration(migration, site, plan);
  else if (plan?.form === 'chain') chainCalls(migration, site, plan);
  else if (plan?.form === 'await') replaceWithAwait(migration, expression, acquisition(migration, site));
  if (plan && 'promote' in plan && plan.promote) promote(migration, plan.promote);
  if (plan && 'awaits' in plan) for (const each of plan.awaits ?? []) awaitBuilder(migration, each);
}

/** The text that gives a promise of the agent at the place; a task's provider is declared before its statement. */
function acquisition(migration: Migration, site: Site): string {
  const { expression } = site;
  const kept = keptCall(migration, site);
  if (kept !== undefined) return kept;
  const declaration = migration.isTask ? soleDeclarator(expression) : undefined;
  if (!declaration) return inlineAcquisition(migration, expression, expression);
  const call = `${declareProvider(migration, declaration.statement)}.getAgent()`;
  return withComments(call, migration, expression);
}

function replaceWithAwait(migration: Migration, expression: NodePath, acquired: string): void {
  if (expression.parentPath?.isAwaitExpression()) {
    replaceNode(migration, expression.node, acquired);
    return;
  }
  replaceNode(migration, expression.node, awaitedText(migration, expression, acquired));
}
