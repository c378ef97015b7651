import type { CheckReport, Finding, ItemReport, Report } from '../report.ts';
import { fullMessage, hasFile, headline, listed, type Renderer } from './presentation.ts';

interface Case {
  name: string;
  findings: readonly Finding[];
  /** Why it is skipped; empty where there is nothing more to say. */
  skipped?: string;
  /** The file that a CI server links to. */
  file?: string;
}

/** One test case for each file and check, for the test reports of CI servers. */
export const renderJunit: Renderer = (report, { locate }) => {
  const suites = [
    suite('files', report.items.map(itemCase), locate),
    suite('checks', report.checks.map(checkCase), locate),
    suite('guide', guideCases(report), locate),
    suite(
      'deployment',
      report.live === undefined
        ? []
        : [{ name: report.live.url, findings: report.live.findings, file: report.guide }],
      locate,
    ),
  ].filter(({ cases }) => cases > 0);
  const total = suites.reduce((sum, { cases }) => sum + cases, 0);
  const failures = suites.reduce((sum, { failures }) => sum + failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${quoted('migration checklist')} tests="${total}" failures="${failures}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    ...(report.excluded.length === 0 ? [] : [comment(`excluded: ${listed(report.excluded)}`)]),
    comment(headline(report)),
    '</testsuites>',
    '',
  ].join('\n');
};

/** Two hyphens in a row would end it. */
function comment(text: string): string {
  return `<!-- ${escapeXml(text).replaceAll(/-(?=-)/g, '- ')} -->`;
}

function itemCase({ path, findings, ok, accepted, verdict, reason }: ItemReport): Case {
  const skipped =
    accepted && ok ? (reason ?? 'accepted by the baseline') : verdict === 'unchecked' ? reason : undefined;
  return {
    name: path,
    file: path,
    findings: ok ? [] : findings,
    ...(skipped === undefined ? {} : { skipped }),
  };
}

function checkCase(check: CheckReport): Case {
  const { kind, target, text, verdict, findings, guide } = check;
  const name = kind === 'manual' ? text : `${kind} ${target}`;
  return {
    name,
    findings,
    ...(guide === undefined ? {} : { file: guide }),
    ...(verdict === 'manual' && findings.length === 0 ? { skipped: 'for a person to confirm' } : {}),
  };
}

function guideCases({ guide, findings }: Report): Case[] {
  return findings.length === 0 ? [] : [{ name: guide, findings, file: guide }];
}

/** CI servers keep one of several cases of the same name. */
function distinct(cases: readonly Case[]): Case[] {
  const times = new Map<string, number>();
  return cases.map((one) => {
    let name = one.name;
    for (let time = (times.get(one.name) ?? 0) + 1; times.has(name); time++) name = `${one.name} (${time})`;
    times.set(one.name, (times.get(one.name) ?? 0) + 1);
    times.set(name, times.get(name) ?? 1);
    return { ...one, name };
  });
}

function suite(name: string, all: readonly Case[], locate: (file: string) => string) {
  const cases = distinct(all);
  const failures = cases.filter(({ findings }) => findings.length > 0).length;
  const skipped = cases.filter((one) => one.skipped !== undefined && one.findings.length === 0).length;
  const head = `<testsuite name=${quoted(name)} tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">`;
  const xml = [`  ${head}`, ...cases.map((one) => testCase(name, one, locate)), '  </testsuite>'].join('\n');
  return { cases: cases.length, failures, xml };
}

function testCase(
  suiteName: string,
  { name, findings, skipped, file }: Case,
  locate: (file: string) => string,
): string {
  const open = `    <testcase classname=${quoted(`checklist.${suiteName}`)} name=${quoted(name)}${file === undefined ? '' : ` file=${quoted(locate(file))}`} time="0"`;
  const [first] = findings;
  if (first === undefined && skipped !== undefined)
    return `${open}><skipped${skipped === '' ? '' : ` message=${quoted(skipped)}`}/></testcase>`;
  if (first === undefined) return `${open}/>`;
  const lines = findings.map((finding) => `${place(finding, locate)}${fullMessage(finding)}`).join('\n');
  return `${open}>\n      <failure message=${quoted(first.message)} type=${quoted(first.rule)}>${escapeXml(lines)}</failure>\n    </testcase>`;
}

function place(finding: Finding, locate: (file: string) => string): string {
  return hasFile(finding) ? `${locate(finding.file)}:${finding.line}:${finding.column}: ` : '';
}

function quoted(text: string): string {
  return `"${escapeXml(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
}

/** XML 1.0 has no way to write most control characters, nor half a surrogate pair. */
function escapeXml(text: string): string {
  return text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
