/** A page of a text that has headings, lists, paragraphs and `code`, and nothing else of Markdown. */
export function textPage(markdown: string): string {
  const blocks = markdown.trim().split(/\n{2,}/);
  const [title = ''] = blocks[0]?.split('\n') ?? [];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title.replace(/^# /, ''))}</title><meta name="viewport" content="width=device-width"><link rel="icon" href="assets/favicon-32x32.png">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}code,pre{background:#f2f2f2}pre{padding:1rem;overflow:auto}:target{background:#fff3bf}</style>
</head>
<body>
<main>
${blocks.map(blockToHtml).join('\n')}
</main>
</body>
</html>
`;
}

function blockToHtml(block: string): string {
  const [, marks = '', heading] = /^(#{1,3}) (.+)$/.exec(block) ?? [];
  if (heading !== undefined) return `<h${marks.length}>${inline(heading)}</h${marks.length}>`;
  if (!block.startsWith('- ')) return `<p>${inline(block)}</p>`;
  const items = block.split('\n').map((line) => `<li>${inline(line.replace(/^- /, ''))}</li>`);
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

/** Text as HTML, with what stands between backticks as code. */
export function inline(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
