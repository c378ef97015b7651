import { shellQuote } from '../cli/shell-quote.ts';

/** What the guide speaks of. */
export interface GuideSubject {
  agentClass: string;
  factory: string;
  /** Relative to the guide. */
  folder: string;
  cacheModule: string;
  /** The files that build the client, relative to the guide, with forward slashes. */
  files: readonly string[];
}

/** A guide of the migration, whose task list the checklist reads. */
export function guideText({ agentClass, factory, folder, cacheModule, files }: GuideSubject): string {
  const tasks = files.length === 0 ? '' : `${files.map((file) => `- [ ] \`${file}\``).join('\n')}\n`;
  return `# Migration: one shared ${agentClass}

Until now, ${agentClass} is built wherever it is needed. From now on \`${factory}()\` of \`${cacheModule}\` gives
one that all requests share.

1. \`npm install --save-dev agent-cache-tools\`
2. Read \`${cacheModule}\`: it says where the ${agentClass} is built, and for how long it is shared.
3. \`npx agent-cache codemod --dry-run ${shellQuote(folder)}\` shows what would change, and what is left to you with the reason.
4. Commit, then \`npx agent-cache codemod ${shellQuote(folder)}\` writes it. Run your type check and your tests.
5. \`npx agent-cache checklist\` proves it. Let your pipeline run it from now on; with \`--write\` it sets the ticks.

## Checklist

${tasks}`;
}
