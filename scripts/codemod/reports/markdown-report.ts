import type { LeftGroup, LeftPlace, ReportPage, TakenForGranted } from './report-page.ts';

/** By which a file is known as a report of ours, which may be replaced. */
export const MARKDOWN_GENERATOR = '<!-- agent-cache-tools -->';

/** A report as Markdown, for a pull request or a wiki. */
export function markdownReport(page: ReportPage): string {
  const { title, headline, figures, migrated, left, keeping, faults, effect, assumptions } = page;
  const parts = [
    `${MARKDOWN_GENERATOR}\n# ${title}`,
    headline,
    `| ${figures.map(([name]) => name).join(' | ')} |\n|${figures.map(() => '---:|').join('')}\n| ${figures.map(([, value]) => value).join(' | ')} |`,
    `## Effect\n\n${effect}`,
    ...(faults.length === 0
      ? []
      : [`## Faults\n\n${faults.map((each) => `${place(each)} ${plain(each.reason)}`).join('\n')}`]),
    `## Left to you\n\n${left.length === 0 ? 'Nothing.' : left.map(group).join('\n\n')}${keeping === undefined ? '' : `\n\n${keeping}`}`,
    ...(assumptions.length === 0
      ? []
      : [`## Taken for granted\n\n${assumptions.map(assumption).join('\n')}`]),
    `## Changed\n\n${migrated.length === 0 ? 'Nothing.' : migrated.map(change).join('\n\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function group({ id, title, hint, recipe, places }: LeftGroup): string {
  const name = id === undefined ? '' : ` (\`${id}\`)`;
  const advice = hint === undefined ? '' : `\n\nWhat to do: ${plain(hint)}`;
  return `### ${plain(title)}${name}${advice}\n\n${places.map(place).join('\n')}${recipe === undefined ? '' : `\n\n${recipe}`}`;
}

function assumption({ id, of, why }: TakenForGranted): string {
  return `- \`${id}\`${of === undefined ? '' : ` of \`${of}\``}: ${plain(why)}`;
}

function place({ file, line, column }: LeftPlace): string {
  return `- \`${file}:${line}:${column}\``;
}

function change({ file, counts, diff }: ReportPage['migrated'][number]): string {
  // A fence has to be longer than any in the text.
  const longest = Math.max(2, ...[...diff.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `### \`${file.path}\`\n\n${counts}\n\n${fence}diff\n${diff.trimEnd()}\n${fence}`;
}

/** Sentences name code as it is: nothing in them is meant as Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]|]/g, '\\$&');
}
