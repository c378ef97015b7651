import type * as t from '@babel/types';
import { isAllOfItsLine } from '../survey/code/all-of-its-line.ts';
import type { Migration, Site, Source } from '../migration.ts';
import {
  directiveName,
  isAboutNext,
  isAboutTypes,
  isReportedUnused,
  linesOfComment,
} from './text/directives.ts';
import { commentsOf } from '../source/comments.ts';

/**
 * A directive above a line that was rewritten may have nothing to silence any more, which type checkers and linters
 * report as an error. That of a declaration which only built the agent goes; any other is told of.
 */
export function settleDirectives(migration: Migration): void {
  const directives = directivesByLine(migration);
  if (directives.size === 0) return;
  for (const site of migration.sites) {
    for (const node of rewrittenNodes(site, migration)) {
      const directive = directives.get(node.loc?.start.line ?? 0);
      if (!directive) continue;
      directives.delete(node.loc?.start.line ?? 0);
      if (isAboutTypes(directive) && node === site.expression.node && isSilencedAlone(site))
        remove(migration, directive);
      else if (isReportedUnused(directive))
        migration.notes.push({
          line: directive.loc?.start.line ?? 1,
          text: `${directiveName(directive)} above a rewritten line may be unused now`,
        });
    }
  }
}

/** Each line that a directive is about, which may stand some comments and blank lines above it. */
function directivesByLine({ program, text }: Source): Map<number, t.Comment> {
  const comments = commentsOf(program);
  const found = comments.filter((comment) => isAboutNext(comment) && linesOfComment(text, comment));
  return new Map(found.map((comment) => [lineBelow(text, comment, comments), comment]));
}

function lineBelow(text: string, comment: t.Comment, comments: readonly t.Comment[]): number {
  const end = comment.end ?? 0;
  const [blank = ''] = /^\s*/.exec(text.slice(end)) ?? [];
  const next = comments.find(({ start }) => start === end + blank.length);
  if (next) return lineBelow(text, next, comments);
  return (comment.loc?.end.line ?? 0) + (blank.match(/\r\n|\n|\r/g)?.length ?? 0);
}

/** What was rewritten at a place and still stands there. */
function rewrittenNodes({ plan, expression }: Site, { removedNodes }: Migration): t.Node[] {
  if (!plan || plan.form === 'manual') return [];
  const uses = plan.form === 'chain' ? [...plan.calls.map(({ use }) => use), ...plan.awaited] : [];
  const isDissolved =
    expression.find(({ node }) => node !== expression.node && removedNodes.has(node)) !== null;
  return [...(isDissolved ? [] : [expression]), ...uses].map(({ node }) => node);
}

/** A guarded declaration is written anew over several lines, of which the directive silences the first. */
function isSilencedAlone({ expression, plan }: Site): boolean {
  return plan?.form !== 'guard' && isAllOfItsLine(expression);
}

function remove({ text, edits, removedLines }: Migration, directive: t.Comment): void {
  const lines = linesOfComment(text, directive);
  if (!lines || removedLines.some(({ from }) => from === lines.from)) return;
  removedLines.push(lines);
  edits.remove(lines.from, lines.to);
}
