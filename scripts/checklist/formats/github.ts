import { type Finding, failingFindings } from '../report.ts';
import { fullMessage, hasFile, headline, listed, type Renderer } from './presentation.ts';

/** Workflow commands of GitHub Actions: an annotation for each finding, and the headline for the log. */
export const renderGithub: Renderer = (report, { locate }) => {
  // A deployment has no line of its own: the guide is what it does not keep.
  const placed = (finding: Finding): Finding =>
    hasFile(finding) ? finding : { ...finding, file: report.guide, line: 1, column: 1 };
  const lines = [
    ...failingFindings(report).map((finding) => annotation('error', placed(finding), locate)),
    ...report.notes.map((note) => annotation('notice', note, locate)),
    ...(report.excluded.length === 0
      ? []
      : [`::notice title=migration checklist%3A excluded::${escapeData(listed(report.excluded))}`]),
    headline(report),
  ];
  return `${lines.join('\n')}\n`;
};

function annotation(level: 'error' | 'notice', finding: Finding, locate: (file: string) => string): string {
  const { file, line, column, rule } = finding;
  const place: [string, string | number][] = [
    ['file', locate(file)],
    ['line', line],
    ['col', column],
  ];
  const properties = [...place, ['title', `migration checklist: ${rule}`] as const];
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${level} ${list}::${escapeData(fullMessage(finding))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
