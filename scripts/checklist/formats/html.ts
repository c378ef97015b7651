import type { HistoryEntry } from '../history.ts';
import { type CheckReport, type Finding, failingFindings, type ItemReport, type Report } from '../report.ts';
import {
  hasFile,
  headline,
  listed,
  liveLine,
  type Presentation,
  type Renderer,
  verdictInWords,
} from './presentation.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #57606a; --line: #d0d7de; --good: #1a7f37; --bad: #cf222e; --wait: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b3; --line: #30363d; --good: #3fb950; --bad: #ff7b72; --wait: #e3b341; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
p.soft, .soft { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem 0.35rem 0; border-bottom: 1px solid var(--line); }
code { font: 0.875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
progress { width: 100%; height: 1rem; accent-color: var(--good); }
li { margin-bottom: 0.5rem; } svg { width: 100%; height: auto; }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #333; --line: #999; --good: #0a5c22; --bad: #a00; --wait: #6b4600; } body { max-width: none; padding: 0; } tr, li { break-inside: avoid; } }
`;

/** A page of its own: no script, nothing loaded, light and dark, for the screen and for paper. */
export const renderHtml: Renderer = (report, presentation) => {
  const findings = failingFindings(report);
  const { migrated, total } = report.progress;
  const parts = [
    `<h1>Migration checklist: <span class="${report.ok ? 'good' : 'bad'}">${report.ok ? 'passed' : 'not passed'}</span></h1>`,
    `<p>${escaped(headline(report))}</p>`,
    `<p><progress max="${Math.max(total, 1)}" value="${migrated}" aria-label="Files migrated">${migrated} of ${total}</progress></p>`,
    `<p class="soft">${escaped(lookedFor(report))}</p>`,
    ...chart(presentation.history ?? []),
    ...section('Findings', list(findings, presentation)),
    ...section('Files', files(report.items)),
    ...section('Checks', checks(report.checks)),
    ...section('Deployment', report.live === undefined ? '' : `<p>${escaped(liveLine(report))}</p>`),
    ...section('Notes', list(report.notes, presentation)),
    ...section(
      'Excluded',
      report.excluded.length === 0 ? '' : `<p><code>${escaped(listed(report.excluded, 200))}</code></p>`,
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Migration checklist: ${migrated} of ${total}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
};

function lookedFor({ subject, cache }: Report): string {
  const where = subject.declaredIn.length === 0 ? subject.agentModule : subject.declaredIn.join(', ');
  const shared =
    cache.module === null
      ? 'no cache module'
      : `${cache.module}, ${{ source: 'verified by its source', run: 'verified by running it', no: 'not verified' }[cache.verified]}`;
  return `Looked for ${subject.agentClass} of ${where}. Cache: ${shared}.`;
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : [`<section><h2>${title}</h2>`, body, '</section>'];
}

function files(items: readonly ItemReport[]): string {
  const rows = items.map((item) => {
    const { path, verdict, ok, accepted, ticked, reason } = item;
    const note = accepted ? `accepted${reason === undefined ? '' : `: ${reason}`}` : (reason ?? '');
    return `<tr><td class="${colour(ok, accepted, verdict === 'migrated')}">${verdictInWords(item)}</td><td>${ticked ? 'ticked' : ''}</td><td><code>${escaped(path)}</code>${note === '' ? '' : ` <span class="soft">${escaped(note)}</span>`}</td></tr>`;
  });
  return table(['Verdict', 'Tick', 'File'], rows);
}

function checks(all: readonly CheckReport[]): string {
  const rows = all.map(({ kind, target, text, verdict, ticked, ok }) => {
    const what = kind === 'manual' ? escaped(text) : `${kind} <code>${escaped(target)}</code>`;
    return `<tr><td class="${colour(ok, false, verdict === 'passed')}">${verdict}</td><td>${ticked ? 'ticked' : ''}</td><td>${what}</td></tr>`;
  });
  return table(['Verdict', 'Tick', 'Check'], rows);
}

function table(heads: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return '';
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join('');
  return `<div class="wide" tabindex="0" role="region" aria-label="${heads.at(-1)}s"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function list(findings: readonly Finding[], { locate }: Presentation): string {
  if (findings.length === 0) return '';
  const items = findings.map((finding) => {
    const { file, line, column, message, hint, fix } = finding;
    const place = hasFile(finding) ? `${locate(file)}:${line}:${column}` : file;
    const ways = [
      ...(hint === undefined ? [] : [`<br><span class="soft">${escaped(hint)}</span>`]),
      ...(fix === undefined ? [] : [`<br><code>${escaped(fix)}</code>`]),
    ];
    return `<li><code>${escaped(place)}</code> ${escaped(message)}${ways.join('')}</li>`;
  });
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

const WIDTH = 640;
const HEIGHT = 160;

/** How far the list was, run by run. */
function chart(history: readonly HistoryEntry[]): string[] {
  const [first, last] = [history[0], history.at(-1)];
  if (first === undefined || last === undefined || history.length < 2) return [];
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const top = Math.max(1, ...history.map(({ total }) => total));
  const point = (at: string, value: number) => {
    const x = end === start ? WIDTH : ((Date.parse(at) - start) / (end - start)) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - (value / top) * HEIGHT).toFixed(1)}`;
  };
  const line = (name: string, values: (entry: HistoryEntry) => number) =>
    `<polyline points="${history.map((entry) => point(entry.at, values(entry))).join(' ')}" fill="none" stroke="var(--${name})" stroke-width="3"/>`;
  const words = `${first.migrated} of ${first.total} files on ${first.at.slice(0, 10)}, ${last.migrated} of ${last.total} on ${last.at.slice(0, 10)}`;
  return [
    '<section><h2>History</h2>',
    `<svg viewBox="-4 -4 ${WIDTH + 8} ${HEIGHT + 8}" role="img" aria-label="${words}">${line('line', ({ total }) => total)}${line('good', ({ migrated }) => migrated)}</svg>`,
    `<p class="soft">${words}.</p>`,
    '</section>',
  ];
}

function colour(ok: boolean, accepted: boolean, isDone: boolean): string {
  if (accepted) return 'wait';
  return ok ? (isDone ? 'good' : 'wait') : 'bad';
}

/** Names from a guide or a tree must not become markup, and control characters have no place in a page. */
function escaped(text: string): string {
  return text
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
