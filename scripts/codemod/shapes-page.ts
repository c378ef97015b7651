import { migrateSource } from '../../codemods/agent-cache/run.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { projectAround } from '../../codemods/agent-cache/project-around.ts';
import type { Reason } from '../../codemods/agent-cache/reasons/reason.ts';
import { explain } from '../../codemods/agent-cache/reasons/sentence.ts';
import { absolutePath } from './report.ts';
import type { ShapeCase } from './shape-cases.ts';

const INTRODUCTION = `# The shapes of the codemod

Every shape that the codemod knows, before and after. The page is generated from the fixtures that the tests run
(\`codemods/__fixtures__/cases\`) by \`npx tsx scripts/codemod/write-shapes.ts\`, and a test keeps it up to date.
`;

/** What becomes of a shape: in a word for the table, and why where it is left. */
interface Outcome {
  word: 'rewritten' | 'rewritten in part' | 'left for a person' | 'not touched';
  reasons: string[];
}

/** Renders the page of all shapes as Markdown: a table, then every shape before and after. */
export function shapesPage(cases: readonly ShapeCase[]): string {
  const shapes = cases.map((each) => ({ ...each, outcome: outcomeOf(each) }));
  const rows = shapes.map(({ topic, name, outcome }) => {
    const link = `[${inWords(name)}](#${anchor(topic, name)})`;
    return `| ${inWords(topic)} | ${link} | ${outcome.word} |`;
  });
  const table = ['| topic | shape | what becomes of it |', '|---|---|---|', ...rows].join('\n');
  return [INTRODUCTION, table, '', ...shapes.map((shape) => section(shape, shape.outcome))].join('\n');
}

function said(left: Reason, file: string): string {
  const { id, reason, hint } = explain(left, { file: absolutePath(file) });
  return `${sentence(reason)} ${sentence(hint)} ([${id}](reasons.md#${id}))`;
}

/** The codemod itself says what it does with the shape, so that the page cannot say anything else. */
function outcomeOf({ file, before, after }: ShapeCase): Outcome {
  const { occurrences } = migrateSource(
    { path: file, source: before },
    DEFAULT_OPTIONS,
    projectAround(DEFAULT_OPTIONS),
  );
  const left = occurrences.filter(({ action }) => action === 'manual');
  const reasons = left.map(({ line, left: why }) => `Line ${line}: ${why ? said(why, file) : ''}`);
  if (after !== before) return { word: left.length === 0 ? 'rewritten' : 'rewritten in part', reasons };
  return { word: left.length === 0 ? 'not touched' : 'left for a person', reasons };
}

function section({ topic, name, file, before, after }: ShapeCase, { word, reasons }: Outcome): string {
  const language = /\.([cm]?[jt]sx?)$/.exec(file)?.[1] ?? 'ts';
  const fence = (text: string) => `\`\`\`${language}\n${printable(text).trimEnd()}\n\`\`\`\n`;
  const heading = `## ${inWords(topic)}: ${inWords(name)}\n`;
  const why = reasons.length === 0 ? [] : [`${reasons.map((reason) => `- ${reason}`).join('\n')}\n`];
  if (after === before) return [heading, `${sentence(word)}\n`, ...why, fence(before)].join('\n');
  return [heading, ...why, 'Before:\n', fence(before), 'After:\n', fence(after)].join('\n');
}

function printable(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun === '' || /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function inWords(name: string): string {
  return name.replaceAll('-', ' ').replaceAll('/', ', ');
}

/** As GitHub makes it of the heading. */
function anchor(topic: string, name: string): string {
  return `${inWords(topic)}: ${inWords(name)}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
