import { inWords } from '../../codemods/agent-cache/reasons/in-words.ts';
import { TOPICS } from '../../codemods/agent-cache/reasons/table.ts';
import {
  KEEP_ONE,
  type ReasonEntry,
  withoutKeeping,
} from '../../codemods/agent-cache/reasons/table/entries.ts';

const INTRODUCTION = `# What is left to you, and what to do

A place that cannot be shown to be safe is left as it is, and told of with the id of a reason: in brackets on the
terminal, as \`id\` in the JSON reports, as \`ruleId\` in SARIF. Here is each of them, with a way to go on. In most cases that
is a small change by hand, after which the codemod does the rest. ${KEEP_ONE}

The examples speak of a \`FacebookAdsAgent\` and of \`getFacebookAgent()\`; the reports of a run have your own names.

The page is generated from \`codemods/agent-cache/reasons/table\` by \`npx tsx scripts/codemod/write-shapes.ts\`, and a test keeps
it up to date.
`;

/** Renders the page of all reasons as Markdown: a table of contents, then every reason with its recipe, by topic. */
export function reasonsPage(): string {
  const topics = Object.entries(TOPICS);
  const contents = topics.map(
    ([topic, reasons]) =>
      `- ${topic}: ${Object.keys(reasons)
        .map((id) => reasonLink(id))
        .join(', ')}`,
  );
  const sections = topics.map(([topic, reasons]) => [
    `## ${topic}\n`,
    ...Object.entries(reasons).map(section),
  ]);
  return [INTRODUCTION, ...contents, '', ...sections.flat()].join('\n');
}

/** A link to a reason on that page. */
export function reasonLink(id: string, page = ''): string {
  return `[\`${id}\`](${page}#${id})`;
}

function section([id, { text, hint, recipe, shown }]: [string, ReasonEntry]): string {
  return `### ${id}

> ${escaped(inWords(text))}

${[escaped(sentence(withoutKeeping(inWords(hint)) ?? '')), recipe].filter((each) => each !== '').join('\n\n')}

Shown by ${shownBy(shown)}.
`;
}

function shownBy(shown: string): string {
  if (shown.endsWith('.test.ts')) return `[${shown}](../${shown})`;
  if (shown.includes('/')) return `the shape [${shown}](codemod-shapes.md#${shown.replace('/', '-')})`;
  return `the tree “${shown}” of the tests`;
}

function escaped(text: string): string {
  return text.replace(/[<>]/g, (each) => `\\${each}`);
}

function sentence(text: string): string {
  if (text === '') return '';
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
