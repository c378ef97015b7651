import type { GuideItem } from './guide-item.ts';

/**
 * A guide with more tasks behind its last one, in its own manner; at its end where it has none.
 *
 * @param text the guide without its byte order mark
 * @param items those that it has
 * @param paths of files, as they are to be listed
 */
export function addItems(text: string, items: readonly GuideItem[], paths: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const last = items.filter((item) => item.paths.length > 0).at(-1) ?? items.at(-1);
  const lines = text.split('\n');
  const line = last === undefined ? lines.length : endOfItem(lines, last.line);
  const marker = /^(\s*[-*+])\s/.exec(lines[(last?.line ?? 0) - 1] ?? '')?.[1] ?? '-';
  const added = paths.map((each) => `${marker} [ ] ${codeSpan(each)}${end === '\r\n' ? '\r' : ''}`);
  const before = lines.slice(0, line);
  // A guide that does not end its last line is told where that ends.
  if (line === lines.length && before.at(-1) === '') before.pop();
  else if (line === lines.length && end === '\r\n' && before.at(-1)?.endsWith('\r') === false)
    before.push(`${before.pop() ?? ''}\r`);
  const after = lines.slice(line);
  return [...before, ...added, ...(after.length === 0 ? [''] : after)].join('\n');
}

/** Lines that are indented below a task belong to it, also behind blank ones. */
function endOfItem(lines: readonly string[], line: number): number {
  let end = line;
  for (let at = line; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    if (text.trim() === '') continue;
    // Behind a blank line, one space makes no part of the task.
    if (!(at > end ? /^(?:\s{2,}|\t)/ : /^\s/).test(text)) break;
    end = at + 1;
  }
  return end;
}

/** A path in backticks, or as a link where it has backticks itself. */
function codeSpan(itemPath: string): string {
  return itemPath.includes('`') ? `[file](<${itemPath}>)` : `\`${itemPath}\``;
}
