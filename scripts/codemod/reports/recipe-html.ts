import type { Nodes } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const TAGS: Partial<Record<Nodes['type'], string>> = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  list: 'ul',
  listItem: 'li',
};

/** A recipe, which is Markdown of our own, as HTML. What has no tag here is shown as its text. */
export function recipeHtml(recipe: string): string {
  return rendered(unified().use(remarkParse).parse(recipe));
}

function rendered(node: Nodes): string {
  if (node.type === 'code') return `<pre class="recipe"><code>${escaped(node.value)}</code></pre>`;
  if (node.type === 'inlineCode') return `<code>${escaped(node.value)}</code>`;
  if ('value' in node) return escaped(node.value);
  const inner = 'children' in node ? node.children.map(rendered).join('') : '';
  const tag = TAGS[node.type];
  return tag === undefined ? inner : `<${tag}>${inner}</${tag}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
