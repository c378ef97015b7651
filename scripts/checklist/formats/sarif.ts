import { type Finding, failingFindings, type Rule } from '../report.ts';
import { fullMessage, hasFile, type Renderer } from './presentation.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const RULES: Readonly<Record<Rule, string>> = {
  'old-way': 'A listed file gets an agent the old way',
  unlisted: 'A file that is not listed gets an agent the old way',
  missing: 'A listed file does not exist',
  folder: 'The list names a folder',
  'outside-tree': 'The list names a file outside the tree',
  unparseable: 'A file does not parse',
  duplicate: 'A file is listed twice',
  skipped: 'A listed file is of a kind that the codemod leaves alone',
  tick: 'A tick and the code do not agree',
  check: 'A check of the list fails',
  'unknown-check': 'A check comment is not understood',
  manual: 'A manual item is not confirmed',
  baseline: 'The baseline accepts what is gone',
  live: 'A deployment does not prove itself',
};

const RULE_IDS = Object.keys(RULES);

/** SARIF 2.1.0, for code scanning. */
export const renderSarif: Renderer = (report, { locate }) => {
  const results = [
    ...failingFindings(report).map((finding) => toResult('error', finding, locate)),
    ...report.notes.map((note) => toResult('note', note, locate)),
  ];
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  const driver = { name: 'migration-checklist', semanticVersion: '0.1.0', rules };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
};

function toResult(level: 'error' | 'note', finding: Finding, locate: (file: string) => string) {
  const { rule, line, column } = finding;
  const physicalLocation = {
    artifactLocation: { uri: toUri(locate(finding.file)), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column },
  };
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level,
    message: { text: fullMessage(finding) },
    locations: hasFile(finding) ? [{ physicalLocation }] : [],
  };
}

function toUri(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
