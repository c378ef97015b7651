import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { freeProviderName, inlineAcquisition, keptCall, providerCall } from '../text/acquisition.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import { awaitedText } from '../text/parentheses.ts';
import type { ChainedCall, Migration, Plan, Site, Source } from '../../migration.ts';
import { rangeOf, replaceNode, statementEnd, textOf } from '../../source/edit.ts';
import { takeDeclaration } from './take-declaration.ts';
import { declareProvider, visibleProvider } from './declare-provider.ts';
import { capitalised, nounOf } from '../../source/client-noun.ts';
import { indentationAt, lineEnd, lineEndingAt, lineStart, nextLine } from '../../source/text-style.ts';

/** Puts each call of the agent behind a promise of it, and takes the agent's declaration away. */
export function chainCalls(
  migration: Migration,
  site: Site,
  { calls, awaited }: Extract<Plan, { form: 'chain' }>,
): void {
  const { expression } = site;
  const kept = keptCall(migration, site);
  const acquired =
    sharedAcquisition(migration, expression, kept) ??
    kept ??
    inlineAcquisition(migration, expression, expression);
  for (const { call, use } of calls) {
    const isImmediate = use.node === expression.node;
    const name = isImmediate ? freeParameterName({ call, use }, migration) : textOf(migration, use.node);
    const { start, end } = rangeOf(call.node);
    const lineBreak = breakBehind(migration, { call, use });
    if (lineBreak === '' && breakLonger(migration, { call, use }, acquired, name)) continue;
    if (isImmediate || lineBreak) replaceNode(migration, use.node, name);
    if (lineBreak) migration.edits.remove(rangeOf(use.node).end, rangeOf(use.node).end + lineBreak.length);
    migration.edits.appendLeft(start, `${acquired}${lineBreak}.then((${name}) => `);
    migration.edits.appendRight(end, ')');
  }
  for (const use of awaited) {
    replaceNode(migration, use.node, awaitedText(migration, use, acquired));
  }
}

/** Clears the declaration away; in a task a provider is declared in its place, where the call itself is not kept. */
function sharedAcquisition(
  migration: Migration,
  expression: Site['expression'],
  kept: string | undefined,
): string | undefined {
  const declaration = ownDeclarator(expression);
  if (!declaration) return undefined;
  const { statement } = declaration;
  const present = visibleProvider(migration, statement);
  if (!migration.isTask || present !== undefined || kept !== undefined) {
    takeDeclaration(migration, declaration, { comments: 'none', documentation: true });
    return kept ?? (present && `${present}.getAgent()`);
  }
  if (statement.node.declarations.length > 1) {
    const shared = declareProvider(migration, statement);
    takeDeclaration(migration, declaration, { comments: 'none', documentation: true });
    return `${shared}.getAgent()`;
  }
  const name = freeProviderName(migration, statement);
  migration.providers.push({ name, before: statement });
  const { start } = rangeOf(statement.node);
  const end = statementEnd(migration, statement.node);
  const ended = migration.text.slice(start, end).endsWith(';') ? ';' : '';
  migration.removedNodes.add(statement.node);
  migration.edits.update(start, end, `const ${name} = ${providerCall(migration, expression)}${ended}`);
  return `${name}.getAgent()`;
}

/** The line break between the agent and its method, where a chain of calls has one call a line. */
function breakBehind(source: Source, { call, use }: ChainedCall): string {
  const { callee } = call.node;
  if (callee.type !== 'MemberExpression' || callee.object !== use.node) return '';
  const between = source.text.slice(rangeOf(use.node).end, rangeOf(callee.property).start);
  return /^(\s*[\r\n]\s*)\.$/.exec(between)?.[1] ?? '';
}

function freeParameterName({ call }: ChainedCall, { options }: Source): string {
  const noun = nounOf(options.agentClass);
  const Noun = capitalised(noun);
  const candidates = [noun, `cached${Noun}`, `shared${Noun}`];
  return candidates.find((name) => !call.scope.hasBinding(name)) ?? `own${Noun}`;
}

/**
 * Writes `agent.load().then(…)`, which was short enough for one line, as a chain with one call a line: of three calls,
 * formatters make no shorter one. False where the chain stays in its line.
 */
function breakLonger(
  migration: Migration,
  { call, use }: ChainedCall,
  acquired: string,
  name: string,
): boolean {
  const { text, edits, style } = migration;
  const links = linksBehind(call);
  const outermost = links.at(-1)?.parentPath ?? call;
  const { start, end } = rangeOf(outermost.node);
  const isOwnLine = /^[ \t]*((const|let) [^=\n]*= |return |void |await )*$/.test(
    text.slice(lineStart(text, start), start),
  );
  const between = links.map(({ node }) => text.slice(rangeOf(node.object).end, rangeOf(node.property).start));
  const holdsText = text.slice(start, end).includes('`');
  if (links.length === 0 || !isOwnLine || holdsText || between.some((each) => each !== '.')) return false;
  if (use.node.start !== start) return false;
  const lineBreak = lineEndingAt(text, start, style) + indentationAt(text, start) + style.indent;
  // `this` is too short for a line of its own.
  const broken = acquired.replace(/(?<!^this)\.getAgent\(\)$/, `${lineBreak}.getAgent()`);
  replaceNode(migration, use.node, `${broken}${lineBreak}.then((${name}) => ${name}`);
  edits.appendRight(rangeOf(call.node).end, `)${lineBreak}`);
  for (const link of links.slice(1)) edits.appendRight(rangeOf(link.node.object).end, lineBreak);
  for (let at = nextLine(text, lineEnd(text, start)); at < end; at = nextLine(text, lineEnd(text, at))) {
    if (lineEnd(text, at) > at) edits.appendRight(at, style.indent);
  }
  return true;
}

/** The members `.then`, `.catch` of the calls that follow a call. */
function linksBehind(call: NodePath): NodePath<t.MemberExpression>[] {
  const { parentPath: member } = call;
  if (!member?.isMemberExpression() || call.key !== 'object' || !member.parentPath.isCallExpression())
    return [];
  return [member, ...linksBehind(member.parentPath)];
}
