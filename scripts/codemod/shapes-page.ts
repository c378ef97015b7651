import { migrateSource } from '../../codemods/agent-cache/run.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { projectAround } from '../../codemods/agent-cache/project-around.ts';
import { inWords } from '../../codemods/agent-cache/reasons/in-words.ts';
import type { Reason } from '../../codemods/agent-cache/reasons/reason.ts';
import { explain } from '../../codemods/agent-cache/reasons/sentence.ts';
import { REASONS } from '../../codemods/agent-cache/reasons/table.ts';
import { reasonLink } from './reasons-page.ts';
import { absolutePath } from './report.ts';
import type { ShapeCase } from './shape-cases.ts';

const INTRODUCTION = `# The shapes of the codemod

Every shape that the codemod knows, before and after. The page is generated from the fixtures
(\`codemods/__fixtures__/cases\`) and the trees (\`test/codemods/behaviour/trees\`) that the tests run, by
\`npx tsx scripts/codemod/write-shapes.ts\`, and a test keeps it up to date.
`;

/** What becomes of a shape: in a word for the table, and why where it is left. */
interface Outcome {
  word: 'rewritten' | 'rewritten in part' | 'left for a person' | 'not touched';
  reasons: string[];
}

/** A tree of the tests that is served before and after its migration: its files, with the places that are left marked. */
export interface ServedTree {
  name: string;
  files: Readonly<Record<string, string>>;
}

/**
 * Renders the page of all shapes as Markdown: what is left to a person, a table of the shapes and of the trees that are
 * served, then every shape before and after.
 */
export function shapesPage(cases: readonly ShapeCase[], trees: readonly ServedTree[]): string {
  const shapes = cases.map((each) => ({ ...each, outcome: outcomeOf(each) }));
  const rows = shapes.map(({ topic, name, outcome }) => {
    const link = `[${nameInWords(name)}](#${anchor(topic, name)})`;
    return `| ${nameInWords(topic)} | ${link} | ${outcome.word} |`;
  });
  const table = ['| topic | shape | what becomes of it |', '|---|---|---|', ...rows].join('\n');
  return [
    INTRODUCTION,
    leftTable(),
    `## The shapes\n\n${table}\n`,
    treeTable(trees),
    ...shapes.map((shape) => section(shape, shape.outcome)),
  ].join('\n');
}

function said(left: Reason, file: string): string {
  const { id, reason, hint } = explain(left, { file: absolutePath(file) });
  return `${sentence(reason)} ${sentence(hint)} ([${id}](reasons.md#${id}))`;
}

function leftTable(): string {
  const rows = Object.entries(REASONS).map(
    ([id, { text, hint }]) => `| ${reasonLink(id, 'reasons.md')} | ${cell(text)} | ${cell(hint)} |`,
  );
  return `## What is left to you, and what to do

How that is done, step by step: [reasons.md](reasons.md).

| reason | what it says | what to do |
|---|---|---|
${rows.join('\n')}
`;
}

function cell(template: string): string {
  return sentence(inWords(template)).replace(/[<>|]/g, (each) => `\\${each}`);
}

/** What the marks of the trees say, which their test compares with a run. */
function treeTable(trees: readonly ServedTree[]): string {
  const rows = trees.map(({ name, files }) => {
    const marks = Object.values(files).flatMap((text) => [...text.matchAll(/\/[/*] left: ([\w, -]*\w)/g)]);
    const ids = new Set(marks.flatMap(([, each = '']) => each.split(/,\s*/)));
    const left = [...ids].sort().map((id) => reasonLink(id, 'reasons.md'));
    return `| ${name} | ${left.length === 0 ? 'rewritten' : `left in part: ${left.join(', ')}`} |`;
  });
  return `## The trees that are served before and after\n\n| tree | what becomes of it |\n|---|---|\n${rows.join('\n')}\n`;
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
  const heading = `## ${nameInWords(topic)}: ${nameInWords(name)}\n`;
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

function nameInWords(name: string): string {
  return name.replaceAll('-', ' ').replaceAll('/', ', ');
}

/** As GitHub makes it of the heading. */
function anchor(topic: string, name: string): string {
  return `${nameInWords(topic)}: ${nameInWords(name)}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
