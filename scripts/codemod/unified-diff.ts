import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { repositoryOf } from '../../codemods/agent-cache/files/git.ts';
import type { Palette } from '../cli/colour.ts';

/** The unified diff of one file, as `git apply` and `patch -p1` take it; of a new one when there is no text before. */
export function unifiedDiff(
  file: string,
  before: string | undefined,
  after: string,
  palette: Palette,
): string {
  const name = nameInDiff(file); // What a header could not hold, the library quotes as git does.
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

/**
 * `git apply` takes the names in a diff from the root of the repository, wherever it is run. Outside of one, `patch -p1`
 * takes them from where the user is.
 */
function nameInDiff(file: string): string {
  const folder = existing(path.dirname(path.resolve(file)));
  const real = path.join(realpathSync(folder), path.relative(folder, path.resolve(file)));
  const base = repositoryOf(path.dirname(real)) ?? process.cwd();
  const relative = path.relative(base, real);
  const name = relative.startsWith('..') ? real : relative;
  return name.split(path.sep).join('/').replace(/^\//, '');
}

function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(path.dirname(folder));
}

function paint(line: string, palette: Palette): string {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return palette.bold(line);
  if (line.startsWith('@@')) return palette.cyan(line);
  if (line.startsWith('+')) return palette.green(line);
  if (line.startsWith('-')) return palette.red(line);
  return line;
}
