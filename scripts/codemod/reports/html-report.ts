import { toolVersion } from '../../cli/tool-version.ts';
import { HTML_STYLE } from './html-style.ts';
import { recipeHtml } from './recipe-html.ts';
import type { LeftGroup, LeftPlace, ReportPage, TakenForGranted } from './report-page.ts';

/** By which a file is known as a report of ours, which may be replaced. */
export const HTML_GENERATOR = '<meta name="generator" content="agent-cache-tools';

/** A report as one page of HTML that needs no other file and no script. */
export function htmlReport(page: ReportPage): string {
  const { title, headline, figures, migrated, left, keeping, faults, effect, assumptions } = page;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${HTML_GENERATOR} ${escaped(toolVersion())}">
<title>${escaped(title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${escaped(headline)}</p>
</header>
<main>
<dl class="figures">
${figures.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${value}</dd></div>`).join('\n')}
</dl>
<section aria-labelledby="effect">
<h2 id="effect">Effect</h2>
<p>${escaped(effect)}</p>
</section>
${faults.length === 0 ? '' : section('faults', 'Faults', list(faults, true))}
${section('left', 'Left to you', left.length === 0 ? '<p>Nothing.</p>' : left.map(group).join('\n') + (keeping === undefined ? '' : `\n<p>${escaped(keeping)}</p>`))}
${assumptions.length === 0 ? '' : section('assumed', 'Taken for granted', `<ul>\n${assumptions.map(assumption).join('\n')}\n</ul>`)}
${section('changed', 'Changed', migrated.length === 0 ? '<p>Nothing.</p>' : migrated.map(change).join('\n'))}
</main>
</body>
</html>
`;
}

function section(id: string, heading: string, content: string): string {
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${heading}</h2>\n${content}\n</section>`;
}

function group({ id, title, hint, recipe, places }: LeftGroup): string {
  const name = id === undefined ? '' : ` <code class="id">${escaped(id)}</code>`;
  const advice = hint === undefined ? '' : `<p><strong>What to do:</strong> ${escaped(hint)}</p>\n`;
  return `<article>
<h3>${escaped(title)}${name}</h3>
${advice}${list(places, false)}${recipe === undefined ? '' : `\n<details>\n<summary>How</summary>\n<div class="recipe">${recipeHtml(recipe)}</div>\n</details>`}
</article>`;
}

function assumption({ id, of, why }: TakenForGranted): string {
  const about = of === undefined ? '' : ` of <code>${escaped(of)}</code>`;
  return `<li><code>${escaped(id)}</code>${about}: ${escaped(why)}</li>`;
}

function list(places: readonly LeftPlace[], withReason: boolean): string {
  const items = places.map(({ file, line, column, reason }) => {
    const words = withReason ? ` ${escaped(reason)}` : '';
    return `<li><code>${escaped(`${file}:${line}:${column}`)}</code>${words}</li>`;
  });
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

function change({ file, counts, diff }: ReportPage['migrated'][number]): string {
  const lines = diff
    .trimEnd()
    .split('\n')
    .map((line) => `<span class="${kindOf(line)}">${escaped(line)}</span>`);
  // Whoever has no mouse scrolls what has the focus.
  const text = `<pre tabindex="0" role="group" aria-label="${escaped(`Diff of ${file.path}`)}">${lines.join('\n')}</pre>`;
  return `<details open>
<summary><code>${escaped(file.path)}</code> <span class="counts">${escaped(counts)}</span></summary>
${diff === '' ? '' : text}
</details>`;
}

function kindOf(line: string): string {
  if (/^(---|\+\+\+) /.test(line)) return 'name';
  return { '+': 'added', '-': 'taken', '@': 'hunk' }[line.charAt(0)] ?? 'kept';
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (each) => entities[each] ?? each);
}
