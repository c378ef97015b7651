import { readFileSync } from 'node:fs';
import { detectTextStyle } from '../../../codemods/agent-cache/source/text-style.ts';

/** Files enough to tell a tree's habits by. */
const EXAMPLES = 50;

/** A text of ours with the semicolons, the indentation and the line ends of the files of a tree. */
export function inHabit(text: string, sources: readonly string[]): string {
  const examples = sources.slice(0, EXAMPLES).map((file) => readFileSync(file, 'utf8'));
  const { semicolon, indent, lineEnding } = detectTextStyle(examples.join(''));
  return text
    .split('\n')
    .map((line) => line.replace(/^(?: {2})+/, (spaces) => indent.repeat(spaces.length / 2)))
    .map((line) => (semicolon === '' ? line.replace(/;$/, '') : line))
    .join(lineEnding);
}
