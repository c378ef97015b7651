import path from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Palette } from './colour.ts';

/** The unified diff of one file, as `git apply` and `patch -p1` take it; of a new one when there is no text before. */
export function unifiedDiff(
  file: string,
  before: string | undefined,
  after: string,
  palette: Palette,
): string {
  const name = file.split(path.sep).join('/').replace(/^\//, '');
  const old = before === undefined ? '/dev/null' : `a/${name}`;
  const patch = createTwoFilesPatch(old, `b/${name}`, before ?? '', after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch
    .split('\n')
    .map((line) => paint(line, palette))
    .join('\n');
}

function paint(line: string, palette: Palette): string {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return palette.bold(line);
  if (line.startsWith('@@')) return palette.cyan(line);
  if (line.startsWith('+')) return palette.green(line);
  if (line.startsWith('-')) return palette.red(line);
  return line;
}
