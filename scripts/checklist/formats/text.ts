import type { Palette } from '../../cli/colour.ts';
import { keepingOf, withoutKeeping } from '../../../codemods/agent-cache/reasons/table/entries.ts';
import { type CheckReport, failingFindings, type Finding, type ItemReport, type Report } from '../report.ts';
import { hasFile, headline, listed, liveLine, type Renderer, verdictInWords } from './presentation.ts';

/** Beyond this the rows that are well would bury the ones that are not. */
const MOST_ROWS = 200;

/** A table for people, in colours where the palette has them. */
export const renderText: Renderer = (report, { palette }) => {
  const keeping = keepingOf(failingFindings(report).map(({ hint }) => hint));
  const lines = [
    ...subjectRows(report, palette),
    ...itemRows(report, palette),
    ...section(
      'Checks',
      report.checks.flatMap((check) => checkRows(check, palette)),
      palette,
    ),
    ...section('Deployment', liveRows(report, palette), palette),
    ...section(
      'Also',
      report.findings.flatMap((finding) => findingRows(finding, palette)),
      palette,
    ),
    ...section(
      'Notes',
      report.notes.map((note) => `  ${place(note)}  ${palette.dim(printable(note.message))}`),
      palette,
    ),
    ...(keeping === undefined ? [] : ['', keeping]),
    '',
    report.ok ? palette.green(headline(report)) : palette.red(headline(report)),
  ];
  return `${lines.join('\n')}\n`;
};

/** What was looked for, without which the rest means nothing, and what was not looked at. */
function subjectRows({ subject, excluded }: Report, palette: Palette): string[] {
  const { agentClass, agentModule, declaredIn } = subject;
  const where = declaredIn.length === 0 ? `${agentModule}, not found` : declaredIn.join(', ');
  return [
    palette.dim(printable(`looked for ${agentClass} of ${where}`)),
    ...(excluded.length === 0 ? [] : [palette.dim(printable(`excluded: ${listed(excluded)}`))]),
  ];
}

function itemRows({ items }: Report, palette: Palette): string[] {
  const shown =
    items.length > MOST_ROWS ? items.filter((item) => item.verdict !== 'migrated' || !item.ok) : items;
  const rows = shown.flatMap((item) => [itemRow(item, palette), ...rowsBelow(item, palette)]);
  const hidden = items.length - shown.length;
  const header = palette.dim('verdict      tick  file');
  return [header, ...rows, ...(hidden === 0 ? [] : [palette.dim(`… and ${hidden} that are migrated`)])];
}

function itemRow(item: ItemReport, palette: Palette): string {
  const { verdict, ticked, path, accepted, reason, ok } = item;
  const paint = verdict === 'migrated' ? palette.green : accepted || ok ? palette.yellow : palette.red;
  const words = accepted ? 'accepted by the baseline' : ok ? reason : undefined;
  const note = words === undefined ? '' : palette.dim(`  (${printable(words)})`);
  return `${paint(verdictInWords(item).padEnd(12))} ${tick(ticked)}   ${palette.bold(printable(path))}${note}`;
}

function rowsBelow({ findings, accepted, ok }: ItemReport, palette: Palette): string[] {
  return accepted && ok ? [] : findings.flatMap((finding) => findingRows(finding, palette));
}

function checkRows(
  { verdict, ticked, kind, target, text, findings }: CheckReport,
  palette: Palette,
): string[] {
  const paint = verdict === 'passed' ? palette.green : verdict === 'manual' ? palette.yellow : palette.red;
  const what = printable(kind === 'manual' ? text : `${kind} ${target}`);
  const row = `${paint(verdict.padEnd(12))} ${tick(ticked)}   ${what}`;
  return [row, ...findings.flatMap((finding) => findingRows(finding, palette))];
}

function liveRows(report: Report, palette: Palette): string[] {
  const { live } = report;
  if (live === undefined) return [];
  return [liveLine(report), ...live.findings.flatMap((finding) => findingRows(finding, palette))];
}

function findingRows(finding: Finding, palette: Palette): string[] {
  const { message, fix } = finding;
  const hint = withoutKeeping(finding.hint);
  return [
    hasFile(finding) ? `  ${palette.cyan(place(finding))}  ${printable(message)}` : `  ${printable(message)}`,
    ...(hint === undefined ? [] : [`      ${palette.dim('hint:')} ${printable(hint)}`]),
    ...(fix === undefined ? [] : [`      ${palette.dim('fix:')}  ${printable(fix)}`]),
  ];
}

function section(title: string, rows: readonly string[], palette: Palette): string[] {
  return rows.length === 0 ? [] : ['', palette.bold(title), ...rows];
}

function place({ file, line, column }: Finding): string {
  return printable(`${file}:${line}:${column}`);
}

function tick(ticked: boolean): string {
  return ticked ? '[x]' : '[ ]';
}

/** Names from a guide or a tree must not steer the terminal. */
function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
