import { keepingOf, withoutKeeping } from '../../../codemods/agent-cache/reasons/table/entries.ts';
import { type CheckReport, type Finding, failingFindings, type ItemReport, type Report } from '../report.ts';
import {
  headline,
  listed,
  liveLine,
  type Presentation,
  type Renderer,
  verdictInWords,
} from './presentation.ts';

/** For pull-request comments and step summaries. */
export const renderMarkdown: Renderer = (report, presentation) => {
  const findings = failingFindings(report);
  const keeping = keepingOf(findings.map(({ hint }) => hint));
  const parts = [
    `### ${report.ok ? '✅' : '❌'} Migration checklist`,
    escapeText(headline(report)),
    ...(report.excluded.length === 0 ? [] : [escapeText(`Excluded: ${listed(report.excluded)}`)]),
    table(report),
    ...(report.live === undefined ? [] : [escapeText(liveLine(report))]),
    ...list('Findings', findings, presentation),
    ...(keeping === undefined ? [] : [escapeText(keeping)]),
    ...list('Notes', report.notes, presentation),
  ];
  return `${parts.join('\n\n')}\n`;
};

function table({ items, checks }: Report): string {
  return ['| verdict | tick | what |', '|---|---|---|', ...items.map(itemRow), ...checks.map(checkRow)].join(
    '\n',
  );
}

function itemRow(item: ItemReport): string {
  const { ok, accepted, ticked, path } = item;
  const note = accepted ? ' (accepted)' : '';
  return `| ${icon(ok)} ${verdictInWords(item)}${note} | ${tick(ticked)} | ${inCell(codeSpan(path))} |`;
}

function checkRow({ verdict, ok, ticked, kind, target, text }: CheckReport): string {
  const what = kind === 'manual' ? escapeText(text) : `${kind} ${codeSpan(target)}`;
  return `| ${verdict === 'manual' ? '👤' : icon(ok)} ${verdict} | ${tick(ticked)} | ${inCell(what)} |`;
}

function list(title: string, findings: readonly Finding[], { locate }: Presentation): string[] {
  if (findings.length === 0) return [];
  return [`#### ${title}`, findings.map((finding) => bullet(finding, locate)).join('\n')];
}

function bullet(finding: Finding, locate: (file: string) => string): string {
  const { file, line, column, message, fix, rule } = finding;
  const hint = withoutKeeping(finding.hint);
  const place = rule === 'live' ? file : `${locate(file)}:${line}:${column}`;
  const ways = [
    ...(hint === undefined ? [] : [escapeText(hint)]),
    ...(fix === undefined ? [] : [codeSpan(fix)]),
  ];
  return [`- ${codeSpan(place)} ${escapeText(message)}`, ...ways.map((way) => `  → ${way}`)].join('<br>\n');
}

function icon(ok: boolean): string {
  return ok ? '✅' : '❌';
}

function tick(ticked: boolean): string {
  return ticked ? 'x' : '';
}

/** A code span may hold backticks if its fence is longer than any run of them. */
function codeSpan(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, ' ');
  const longest = Math.max(0, ...Array.from(oneLine.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${oneLine}${fence}` : `${fence} ${oneLine} ${fence}`;
}

function escapeText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
}

/** A bar ends a cell even inside a code span. */
function inCell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, '\\|');
}
