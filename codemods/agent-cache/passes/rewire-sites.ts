import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { freeProviderName, inlineAcquisition, providerCall } from '../analysis/acquisition.ts';
import { soleDeclarator } from '../analysis/declarations.ts';
import { needsParentheses } from '../analysis/parentheses.ts';
import { reportDone, reportManual } from '../analysis/report.ts';
import type { Migration, Site } from '../migration.ts';
import { replaceNode } from '../source/edit.ts';
import { indentationAt, lineEndingAt, lineStart } from '../source/text-style.ts';
import { inlineGuard } from './inline-guard.ts';

/** Rewrites every place as it was judged, and notes each. */
export function rewireSites(migration: Migration): void {
  for (const site of migration.sites) {
    const { plan, expression, kind } = site;
    if (!plan) continue;
    if (plan.form === 'manual') {
      reportManual(migration, expression, kind, plan.problem);
      continue;
    }
    reportDone(migration, expression.node, kind, 'rewired');
    if (plan.form === 'guard') inlineGuard(migration, expression, plan.guard, acquisition(migration, site));
    else if (plan.form === 'promise') replaceNode(migration, expression.node, acquisition(migration, site));
    else replaceWithAwait(migration, expression, acquisition(migration, site));
  }
}

/** The text that gives a promise of the agent at the place; a task's provider is declared before its statement. */
function acquisition(migration: Migration, { expression, factory }: Site): string {
  if (factory?.fate === 'wrap')
    return migration.text.slice(expression.node.start ?? 0, expression.node.end ?? 0);
  const declaration = migration.isTask ? soleDeclarator(expression) : undefined;
  if (!declaration) return inlineAcquisition(migration);
  const name = freeProviderName(migration, declaration.statement);
  declareBefore(migration, declaration.statement, `const ${name} = ${providerCall(migration)}`);
  return `${name}.getAgent()`;
}

function declareBefore(migration: Migration, statement: NodePath<t.Statement>, code: string): void {
  const { text, style, edits } = migration;
  const start = statement.node.start ?? 0;
  const ownLine = text.slice(lineStart(text, start), start).trim() === '';
  const separator = ownLine ? lineEndingAt(text, start, style) + indentationAt(text, start) : ' ';
  edits.appendLeft(start, `${code}${ownLine ? style.semicolon : ';'}${separator}`);
}

function replaceWithAwait(migration: Migration, expression: NodePath, acquired: string): void {
  if (expression.parentPath?.isAwaitExpression()) {
    replaceNode(migration, expression.node, acquired);
    return;
  }
  const awaited = `await ${acquired}`;
  replaceNode(migration, expression.node, needsParentheses(expression) ? `(${awaited})` : awaited);
}
