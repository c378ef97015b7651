import picomatch from 'picomatch';
import { absolutePath } from '../source/specifiers.ts';
import { buildOutput } from './build-output.ts';
import { gitIgnored } from './git-ignored.ts';

/** Tells the files below a folder that are left out of a run over it, whatever they are called: excluded by the
 * options, ignored by git, written by the compiler.
 * @param exclude globs, matched against absolute paths
 */
export function leftOut(folder: string, exclude: readonly string[]): (file: string) => boolean {
  const isExcluded = excluded(exclude);
  const isOutput = buildOutput(folder);
  const isIgnored = gitIgnored(folder);
  return (file) => isExcluded(file) || isIgnored(file) || isOutput(file);
}

/** Tells the files that globs exclude. */
export function excluded(globs: readonly string[]): (file: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs], { dot: true });
  return (file) => matches(absolutePath(file));
}
