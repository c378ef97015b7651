import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { soleDeclarator } from '../../survey/code/declarations.ts';
import { awaitedText } from '../text/parentheses.ts';
import type { Migration, Source } from '../../migration.ts';
import { rangeOf, statementEnd, textOf } from '../../source/edit.ts';
import { indentationAt, lineEndingAt } from '../../source/text-style.ts';

/** Turns the declaration of an agent into a guarded one, with the factory's own `catch` behind it. */
export function inlineGuard(
  migration: Migration,
  expression: NodePath,
  guard: NodePath<t.CatchClause>,
  acquired: string,
): void {
  const declaration = soleDeclarator(expression);
  if (!declaration) return;
  const { statement, declarator, id } = declaration;
  const { text, style } = migration;
  const { start } = rangeOf(statement.node);
  const end = statementEnd(migration, statement.node);
  const indent = indentationAt(text, start);
  const ending = lineEndingAt(text, start, style);
  const lines = [
    `let ${id.name}${annotation(migration, id, declarator.node.init)}${style.semicolon}`,
    'try {',
    `${style.indent}${id.name} = ${awaitedValue(migration, declarator, expression, acquired)}${style.semicolon}`,
    `} ${reindented(migration, guard.node, indent)}`,
  ];
  migration.removedNodes.add(expression.node);
  migration.edits.update(start, end, lines.join(ending + indent));
}

/** The value of the declaration, with the assertions that were around the call. */
function awaitedValue(
  source: Source,
  declarator: NodePath<t.VariableDeclarator>,
  expression: NodePath,
  acquired: string,
): string {
  const { init } = declarator.node;
  if (!init?.type.startsWith('TS')) return `await ${acquired}`;
  const [whole, built] = [rangeOf(init), rangeOf(expression.node)];
  const { text } = source;
  return (
    text.slice(whole.start, built.start) +
    awaitedText(source, expression, acquired) +
    text.slice(built.end, whole.end)
  );
}

function annotation(migration: Migration, id: t.Identifier, init: t.Expression | null | undefined): string {
  if (id.typeAnnotation) return textOf(migration, id.typeAnnotation);
  if (init?.type === 'TSAsExpression' || init?.type === 'TSTypeAssertion')
    return `: ${textOf(migration, init.typeAnnotation)}`;
  if (!/\.[cm]?tsx?$/.test(migration.path)) return '';
  const type = agentTypeName(migration);
  return type ? `: ${type}` : '';
}

/** The file's own name of the agent's type; asking for it keeps its import. */
function agentTypeName(migration: Migration): string | undefined {
  const [agent] = migration.agentBindings;
  if (!agent) return undefined;
  migration.keptTypes.add(agent);
  const { name } = agent.binding.identifier;
  return agent.holds === 'class' ? name : `${name}.${migration.options.agentClass}`;
}

/** The text of a clause as it reads when its first line is indented by `indent`. */
function reindented(source: Source, clause: t.CatchClause, indent: string): string {
  const { start } = rangeOf(clause);
  const before = indentationAt(source.text, start);
  return textOf(source, clause)
    .split(/(\r\n|\n|\r)/)
    .map((line, index) => (index > 0 && line.startsWith(before) ? indent + line.slice(before.length) : line))
    .join('');
}
