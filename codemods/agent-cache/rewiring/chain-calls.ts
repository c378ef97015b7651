import { freeProviderName, inlineAcquisition, keptCall, providerCall } from '../analysis/acquisition.ts';
import { soleDeclarator } from '../analysis/declarations.ts';
import { awaitedText } from '../analysis/parentheses.ts';
import type { ChainedCall, Migration, Plan, Site } from '../migration.ts';
import { rangeOf, replaceNode, statementEnd, textOf } from '../source/edit.ts';
import { removeStatement } from '../source/remove-statement.ts';

/** Puts each call of the agent behind a promise of it, and takes the agent's declaration away. */
export function chainCalls(
  migration: Migration,
  site: Site,
  { calls, awaited }: Extract<Plan, { form: 'chain' }>,
): void {
  const { expression } = site;
  const kept = keptCall(migration, site);
  const acquired = kept ?? sharedAcquisition(migration, expression) ?? inlineAcquisition(migration);
  for (const { call, use } of calls) {
    const isImmediate = use.node === expression.node;
    const name = isImmediate ? freeParameterName({ call, use }) : textOf(migration, use.node);
    const { start, end } = rangeOf(call.node);
    const lineBreak = breakBehind(migration, { call, use });
    if (isImmediate || lineBreak) replaceNode(migration, use.node, name);
    if (lineBreak) migration.edits.remove(rangeOf(use.node).end, rangeOf(use.node).end + lineBreak.length);
    migration.edits.appendLeft(start, `${acquired}${lineBreak}.then((${name}) => `);
    migration.edits.appendRight(end, ')');
  }
  for (const use of awaited) {
    replaceNode(migration, use.node, awaitedText(migration, use, acquired));
  }
}

/** Clears the declaration away; in a task a provider is declared in its place. */
function sharedAcquisition(migration: Migration, expression: Site['expression']): string | undefined {
  const declaration = soleDeclarator(expression);
  if (!declaration) return undefined;
  const { statement } = declaration;
  if (!migration.isTask) {
    removeStatement(migration, statement.node, { withComments: false });
    return undefined;
  }
  const name = freeProviderName(migration, statement);
  const { start } = rangeOf(statement.node);
  const end = statementEnd(migration, statement.node);
  const ended = migration.text.slice(start, end).endsWith(';') ? ';' : '';
  migration.removedNodes.add(statement.node);
  migration.edits.update(start, end, `const ${name} = ${providerCall(migration)}${ended}`);
  return `${name}.getAgent()`;
}

/** The line break between the agent and its method, where a chain of calls has one call a line. */
function breakBehind(migration: Migration, { call, use }: ChainedCall): string {
  const { callee } = call.node;
  if (callee.type !== 'MemberExpression' || callee.object !== use.node) return '';
  const between = migration.text.slice(rangeOf(use.node).end, rangeOf(callee.property).start);
  return /^(\s*[\r\n]\s*)\.$/.exec(between)?.[1] ?? '';
}

function freeParameterName({ call }: ChainedCall): string {
  const candidates = ['agent', 'cachedAgent', 'sharedAgent'];
  return candidates.find((name) => !call.scope.hasBinding(name)) ?? 'ownAgent';
}
