import { shellQuote } from './shell-quote.ts';

/** What a person starts by name. */
export type Tool = 'codemod' | 'checklist' | 'init';

/** How a tool is started where the user is: the words before its own arguments. */
export type Runner = (tool: Tool) => string;

/** As the npm scripts of this repository start them. */
export const npmScripts: Runner = (tool) => `npm run ${tool} --`;

let runner = npmScripts;

/** Says once, before a tool runs, how its user starts the tools: every command that is printed is written so. */
export function startedBy(other: Runner): void {
  runner = other;
}

/** How a command of ours starts where it is printed: `npx agent-cache codemod`. */
export function toolStart(tool: Tool): string {
  return runner(tool);
}

/** A command of ours as it works where it is printed. */
export function commandLine(tool: Tool, words: readonly string[]): string {
  const start = words.length === 0 ? runner(tool).replace(/ --$/, '') : runner(tool);
  return [start, ...words.map(shellQuote)].join(' ');
}
