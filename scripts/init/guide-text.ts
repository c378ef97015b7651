import { shellQuote } from '../cli/shell-quote.ts';

/** What the guide speaks of. */
export interface GuideSubject {
  /** What is built: its class, or what a function gives. */
  client: string;
  /** The call that gives one that all requests share, where the cache module has it. */
  shared: string | undefined;
  /** The call that gives one for each set of arguments, where it has that. */
  keyed: string | undefined;
  /** Relative to the guide. */
  folder: string;
  cacheModule: string;
  /** Whether the cache module is made of the package, which then is needed at run time. */
  library: boolean;
  /** The files that build the client, relative to the guide, with forward slashes. */
  files: readonly string[];
}

/** A guide of the migration, whose task list the checklist reads. */
export function guideText(subject: GuideSubject): string {
  const { client, shared, keyed, folder, cacheModule, library, files } = subject;
  const tasks = files.length === 0 ? '' : `${files.map((file) => `- [ ] \`${file}\``).join('\n')}\n`;
  const gives = [
    ...(shared === undefined
      ? []
      : [`\`${shared}\` of \`${cacheModule}\` gives\none that all requests share`]),
    ...(keyed === undefined
      ? []
      : [
          `\`${keyed}\`${shared === undefined ? ` of \`${cacheModule}\`` : ''} gives\none for each set of arguments`,
        ]),
  ];
  return `# Migration: one ${shared === undefined ? '' : 'shared '}${client}${shared === undefined ? ' for each set of arguments' : ''}

Until now, one is built wherever it is needed. From now on ${gives.join(', and ')}.

1. \`npm install --save-${library ? 'prod' : 'dev'} agent-cache-tools\`
2. Read \`${cacheModule}\`: it says where the ${client} is built, and for how long it is shared.
3. \`npx agent-cache codemod --dry-run ${shellQuote(folder)}\` shows what would change, and what is left to you with the reason.
4. Commit, then \`npx agent-cache codemod ${shellQuote(folder)}\` writes it. Run your type check and your tests.
5. \`npx agent-cache checklist\` proves it. Let your pipeline run it from now on; with \`--write\` it sets the ticks.

## Checklist

${tasks}`;
}
