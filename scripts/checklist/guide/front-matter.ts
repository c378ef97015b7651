const BLOCK = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** A guide whose YAML front matter is blank: its lists are settings, not tasks. A rule above a text is none. */
export function withoutFrontMatter(text: string): string {
  const match = BLOCK.exec(text);
  const [block, body = ''] = match ?? [];
  if (block === undefined) return text;
  const first = body.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first === undefined || !/^[\w-]+[ \t]*:(?:\s|$)/.test(first)) return text;
  return block.replace(/[^\r\n]/g, ' ') + text.slice(block.length);
}
