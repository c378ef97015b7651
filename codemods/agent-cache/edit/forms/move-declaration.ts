import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { inlineAcquisition, keptCall } from '../text/acquisition.ts';
import { withComments } from '../text/argument-comments.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import { awaitedText } from '../text/parentheses.ts';
import type { Migration, Plan, Site, Source } from '../../migration.ts';
import { rangeOf, statementEnd } from '../../source/edit.ts';
import { leadingComments, removeStatement, trailingComment } from '../text/remove-statement.ts';
import { indentationAt } from '../../source/text-style.ts';
import { isAllOfItsLine } from '../../survey/code/all-of-its-line.ts';
import { withoutTypeDirectives } from '../text/directives.ts';
import { takeDeclaration } from './take-declaration.ts';
import { beginsLine, declareProvider, insertBefore } from './declare-provider.ts';

/**
 * Takes the declaration of the agent away, with what is built of it, and declares both, awaited, before each of the
 * given statements.
 */
export function moveDeclaration(
  migration: Migration,
  site: Site,
  { before, along = [] }: Extract<Plan, { form: 'move' }>,
): void {
  const { expression } = site;
  const own = ownDeclarator(expression);
  const statements = [...(own ? [own.statement] : []), ...along];
  // Where code stands in one line, a comment would end it.
  const comments = before.every((place) => beginsLine(migration, place)) ? 'all' : 'trailing';
  const isSole = own?.statement.node.declarations.length === 1;
  if (own) takeDeclaration(migration, own, { comments: isSole ? comments : 'none', documentation: true });
  for (const { node } of along) removeStatement(migration, node, { comments, documentation: true });
  for (const place of before) {
    const acquired =
      keptCall(migration, site) ??
      (migration.isTask
        ? withComments(
            `${declareProvider(migration, place, { aboveComments: true })}.getAgent()`,
            migration,
            expression,
          )
        : inlineAcquisition(migration, place, expression));
    for (const statement of statements) {
      const isWhole = statement.node.declarations.length === 1;
      const above = isWhole && comments === 'all' ? commentsAbove(migration, statement, expression) : '';
      const code = declarationText(migration, statement, expression, acquired);
      insertBefore(migration, place, reindented(migration, above, { statement, place }) + code, {
        comment: isWhole ? trailingComment(migration, statement.node) : '',
        aboveComments: true,
      });
    }
  }
}

/** The comments above a statement, but for what only silenced the building of the agent. */
function commentsAbove(
  source: Source,
  statement: NodePath<t.VariableDeclaration>,
  expression: NodePath,
): string {
  const above = leadingComments(source, statement.node);
  const isOwn = ownDeclarator(expression)?.statement === statement;
  return isOwn && isAllOfItsLine(expression) ? withoutTypeDirectives(above) : above;
}

/** Comments that stood at one statement's indentation, at that of another one. */
function reindented(
  { text }: Source,
  comments: string,
  { statement, place }: Record<'statement' | 'place', NodePath<t.Statement>>,
): string {
  const [from, to] = [statement, place].map(({ node }) => indentationAt(text, rangeOf(node).start));
  return comments
    .split(/(?<=[\r\n])(?![\r\n])/)
    .map((line, index) =>
      index > 0 && line.startsWith(from ?? '') ? `${to}${line.slice(from?.length)}` : line,
    )
    .join('');
}

/** The text of a declaration without its semicolon, with the awaited agent where that was built. */
function declarationText(
  source: Source,
  statement: NodePath<t.VariableDeclaration>,
  expression: NodePath,
  acquired: string,
): string {
  const own = ownDeclarator(expression);
  const isShared = own !== undefined && own.statement === statement && statement.node.declarations.length > 1;
  const { start } = rangeOf(isShared ? own.declarator.node : statement.node);
  const end = isShared ? rangeOf(own.declarator.node).end : statementEnd(source, statement.node);
  const built = rangeOf(expression.node);
  const text = source.text.slice(start, end).replace(/;$/, '');
  if (built.start < start || built.end > end) return text;
  const declared = rangeOf(own?.id ?? expression.node).end - start;
  // Parentheses and assertions around what was built stay; an `await` that stood there already does not.
  const isAlone = /^\s*=\s*(await\s+)?$/.test(text.slice(declared, built.start - start));
  const head = isAlone ? `${text.slice(0, declared)} = ` : text.slice(0, built.start - start);
  const awaited = isAlone ? `await ${acquired}` : awaitedText(source, expression, acquired);
  return (isShared ? `${statement.node.kind} ` : '') + head + awaited + text.slice(built.end - start);
}
