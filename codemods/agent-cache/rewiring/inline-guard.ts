import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { soleDeclarator } from '../analysis/declarations.ts';
import type { Migration } from '../migration.ts';
import { rangeOf, statementEnd, textOf } from '../source/edit.ts';
import { indentationAt, lineEndingAt } from '../source/text-style.ts';

/** Turns the declaration of an agent into a guarded one, with the factory's own `catch` behind it. */
export function inlineGuard(
  migration: Migration,
  expression: NodePath,
  guard: NodePath<t.CatchClause>,
  acquired: string,
): void {
  const declaration = soleDeclarator(expression);
  if (!declaration) return;
  const { statement, id } = declaration;
  const { text, style } = migration;
  const { start } = rangeOf(statement.node);
  const end = statementEnd(migration, statement.node);
  const indent = indentationAt(text, start);
  const ending = lineEndingAt(text, start, style);
  const lines = [
    `let ${id.name}${annotation(migration, id)}${style.semicolon}`,
    'try {',
    `${style.indent}${id.name} = await ${acquired}${style.semicolon}`,
    `} ${reindented(migration, guard.node, indent)}`,
  ];
  migration.removedNodes.add(expression.node);
  migration.edits.update(start, end, lines.join(ending + indent));
}

function annotation(migration: Migration, id: t.Identifier): string {
  if (id.typeAnnotation) return textOf(migration, id.typeAnnotation);
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
function reindented(migration: Migration, clause: t.CatchClause, indent: string): string {
  const { start } = rangeOf(clause);
  const before = indentationAt(migration.text, start);
  return textOf(migration, clause)
    .split(/(\r\n|\n|\r)/)
    .map((line, index) => (index > 0 && line.startsWith(before) ? indent + line.slice(before.length) : line))
    .join('');
}
