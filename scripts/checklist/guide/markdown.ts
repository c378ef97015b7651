import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const processor = unified().use(remarkParse).use(remarkGfm).freeze();

/** Parses Markdown with GitHub's extensions, of which task lists matter here. */
export function parseMarkdown(text: string): Root {
  return processor.parse(text);
}
