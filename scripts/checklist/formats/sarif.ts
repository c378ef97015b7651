import { createHash } from 'node:crypto';
import path from 'node:path';
import { inWords } from '../../../codemods/agent-cache/reasons/in-words.ts';
import { recipeOf } from '../../../codemods/agent-cache/reasons/recipe.ts';
import type { ReasonId } from '../../../codemods/agent-cache/reasons/reason.ts';
import { REASONS } from '../../../codemods/agent-cache/reasons/table.ts';
import { type Finding, failingFindings, type Report, type Rule } from '../report.ts';
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
  unchecked: 'A listed file names the agent and was not read',
  cache: 'The cache module does not give one shared agent',
  'past-cache': 'Code gets an agent past the cache',
  'other-class': 'Code builds a class of the same name that is not the one looked for',
  tick: 'A tick and the code do not agree',
  check: 'A check of the list fails',
  'unknown-check': 'A check comment is not understood',
  manual: 'A manual item is not confirmed',
  removal: 'A file that is to be gone is there',
  'unread-item': 'A line of the guide names a file in a form that is not read',
  surroundings: 'Something beside the tree could be taken to count',
  baseline: 'The baseline accepts what is gone',
  live: 'A deployment does not prove itself',
};

const RULE_IDS = Object.keys(RULES) as Rule[];

/** What a rule asks for, for people who open it in a list of alerts. */
const HELP: Readonly<Record<Rule, string>> = {
  'old-way': 'Run the codemod on the file, or do by hand what its message says.',
  unlisted: 'Run the codemod on the file, or put it on the list: --write --add does.',
  missing: 'Restore the file, correct its path in the guide, or take the item out.',
  folder: 'List the files of the folder one by one.',
  'outside-tree': 'List files of this tree only, relative to its root or to the guide.',
  unparseable: 'Mend the syntax of the file, then run the checklist again.',
  duplicate: 'Take one of the two items out.',
  skipped:
    'Nothing is said of files that are no code of this tree. Look at it yourself, or take the item out.',
  unchecked: 'The file names the agent and nobody read it. Look at it yourself and take the item out.',
  cache: 'Keep the agent in a variable of the cache module, and export what the places call.',
  'past-cache': 'Take the agent from the cache module, and let go of it only when it is known to be bad.',
  'other-class': 'Import the agent from its own module, or name the module with --agent-module.',
  removal: 'Delete the file, or take the item out.',
  'unread-item': 'Write the line as a task of Markdown: a list item with [ ] and a path in backticks.',
  tick: 'Set the ticks to the truth: --write does.',
  check: 'Add what the check looks for, or correct the check in the guide.',
  'unknown-check': 'Correct the comment, or put it on the line of its task.',
  manual: 'Confirm the item, then tick it in the guide.',
  surroundings: 'Look whether it was meant to count.',
  baseline: 'Take the entry out: --update-baseline does.',
  live: 'Look at what the deployment answered; nothing is proven without it.',
};

/** SARIF 2.1.0, for code scanning: each result has a place in a file of the tree. */
export const renderSarif: Renderer = (report, { locate }) => {
  const failing = failingFindings(report);
  const reasons = [...new Set([...failing, ...report.notes].map(({ id }) => id).filter(isReason))];
  const ids = [...RULE_IDS, ...reasons];
  const show = (level: 'error' | 'note') => (finding: Finding) =>
    toResult(level, finding, { report, ids }, locate);
  const results = apart([...failing.map(show('error')), ...report.notes.map(show('note'))]);
  const rules = RULE_IDS.map((id) => ({
    id,
    name: nameOf(id),
    shortDescription: { text: `${RULES[id]}.` },
    fullDescription: { text: `${RULES[id]}. ${HELP[id]}` },
    help: { text: HELP[id], markdown: HELP[id] },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['migration'], precision: 'very-high' },
  }));
  const driver = {
    name: 'migration-checklist',
    informationUri: 'urn:agent-cache-tools:checklist',
    semanticVersion: '0.1.0',
    rules: [...rules, ...reasons.map((id) => reasonRule(id, report))],
  };
  const run = {
    tool: { driver },
    automationDetails: { id: 'migration-checklist/' },
    columnKind: 'utf16CodeUnits',
    results,
    properties: { excluded: report.excluded },
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
};

function toResult(
  level: 'error' | 'note',
  finding: Finding,
  { report: { guide }, ids }: { report: Report; ids: readonly string[] },
  locate: (file: string) => string,
) {
  const { rule, line, column, id } = finding;
  const ruleId = isReason(id) ? id : rule;
  // A deployment has no line of its own, and what lies beside the checkout none in it: the guide is what it does not keep.
  const isInside = hasFile(finding) && isOfCheckout(locate(finding.file));
  const place = isInside ? { file: finding.file, line, column } : { file: guide, line: 1, column: 1 };
  const uri = toUri(locate(place.file));
  const text = isInside ? fullMessage(finding) : `${finding.file}: ${fullMessage(finding)}`;
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
          region: { startLine: place.line, startColumn: place.column },
        },
      },
    ],
    // Lines drift, and what is told of them.
    partialFingerprints: {
      [FINGERPRINT]: fingerprint([rule, id, uri, finding.message.replaceAll(LINES, 'line')]),
    },
    properties: { id },
  };
}

/** Lines as messages name them: `line 5 of src/a.ts`, `src/a.ts:5`, `src/a.ts:5:12`. */
const LINES = /\blines? \d+|(?<=\.\w+):\d+(?::\d+)?/g;

const FINGERPRINT = 'migrationChecklist/v1';

/** Places that are alike are told from one another by their order, or readers would take them for one. */
function apart<Result extends { partialFingerprints: Record<string, string> }>(results: Result[]): Result[] {
  const times = new Map<string, number>();
  return results.map((result) => {
    const [own = ''] = Object.values(result.partialFingerprints);
    const time = (times.get(own) ?? 0) + 1;
    times.set(own, time);
    return time === 1 ? result : { ...result, partialFingerprints: { [FINGERPRINT]: `${own}:${time}` } };
  });
}

function isReason(id: string | undefined): id is ReasonId {
  return id !== undefined && Object.hasOwn(REASONS, id);
}

/** A reason of the codemod as a rule of its own, with the way to go on as its help. */
function reasonRule(id: ReasonId, { subject }: Report) {
  const { text, hint } = REASONS[id];
  const recipe = recipeOf(id, subject);
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: inWords(text) },
    fullDescription: { text: `${inWords(text)} ${inWords(hint)}` },
    help: { text: inWords(hint), markdown: `${inWords(hint)}\n\n${recipe}` },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['migration'], precision: 'very-high' },
  };
}

function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

/** `old-way` → `OldWay`, as rules are named. */
function nameOf(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** Whether a path is one below the checkout. */
function isOfCheckout(file: string): boolean {
  return !path.isAbsolute(file) && !file.startsWith('../');
}

/** Addresses of what lies outside of the checkout would make the whole file invalid: of such a guide its name is shown. */
function toUri(file: string): string {
  const shown = isOfCheckout(file) ? file : path.basename(file);
  return shown.split('/').map(encodeURIComponent).join('/');
}
