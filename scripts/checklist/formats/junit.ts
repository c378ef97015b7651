import type { CheckReport, Finding, ItemReport, Report } from '../report.ts';
import { fullMessage, hasFile, headline, type Renderer } from './presentation.ts';

interface Case {
  name: string;
  findings: readonly Finding[];
  skipped?: boolean;
}

/** One test case for each file and check, for the test reports of CI servers. */
export const renderJunit: Renderer = (report, { locate }) => {
  const suites = [
    suite('files', report.items.map(itemCase), locate),
    suite('checks', report.checks.map(checkCase), locate),
    suite('guide', guideCases(report), locate),
    suite(
      'deployment',
      report.live === undefined ? [] : [{ name: report.live.url, findings: report.live.findings }],
      locate,
    ),
  ].filter(({ cases }) => cases > 0);
  const total = suites.reduce((sum, { cases }) => sum + cases, 0);
  const failures = suites.reduce((sum, { failures }) => sum + failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${quoted('migration checklist')} tests="${total}" failures="${failures}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    `<!-- ${escapeXml(headline(report)).replaceAll('--', '- -')} -->`,
    '</testsuites>',
    '',
  ].join('\n');
};

function itemCase({ path, findings, ok }: ItemReport): Case {
  return { name: path, findings: ok ? [] : findings };
}

function checkCase({ kind, target, text, verdict, findings }: CheckReport): Case {
  const name = kind === 'manual' ? text : `${kind} ${target}`;
  return { name, findings, skipped: verdict === 'manual' && findings.length === 0 };
}

function guideCases({ guide, findings }: Report): Case[] {
  return findings.length === 0 ? [] : [{ name: guide, findings }];
}

function suite(name: string, cases: readonly Case[], locate: (file: string) => string) {
  const failures = cases.filter(({ findings }) => findings.length > 0).length;
  const skipped = cases.filter((one) => one.skipped === true).length;
  const head = `<testsuite name=${quoted(name)} tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">`;
  const xml = [`  ${head}`, ...cases.map((one) => testCase(name, one, locate)), '  </testsuite>'].join('\n');
  return { cases: cases.length, failures, xml };
}

function testCase(
  suiteName: string,
  { name, findings, skipped }: Case,
  locate: (file: string) => string,
): string {
  const open = `    <testcase classname=${quoted(`checklist.${suiteName}`)} name=${quoted(name)} time="0"`;
  const [first] = findings;
  if (first === undefined) return skipped === true ? `${open}><skipped/></testcase>` : `${open}/>`;
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
