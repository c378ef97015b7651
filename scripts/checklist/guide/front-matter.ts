const TOML = /^\+\+\+[ \t]*\r?\n[\s\S]*?\r?\n\+\+\+[ \t]*(?:\r?\n|$)/;
const BLOCK = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** A guide whose front matter, in YAML or TOML, is blank: its lists are settings, not tasks. A rule above a text is none. */
export function withoutFrontMatter(text: string): string {
  const [settings] = TOML.exec(text) ?? [];
  if (settings !== undefined) return blank(settings) + text.slice(settings.length);
  const match = BLOCK.exec(text);
  const [block, body = ''] = match ?? [];
  if (block === undefined) return text;
  const first = body.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first === undefined || !/^[\w-]+[ \t]*:(?:\s|$)/.test(first)) return text;
  return blank(block) + text.slice(block.length);
}

function blank(block: string): string {
  return block.replace(/[^\r\n]/g, ' ');
}
