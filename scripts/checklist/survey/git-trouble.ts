import { repositoryOf, runGit } from '../../../codemods/agent-cache/files/git.ts';
import { UsageError } from '../../cli/usage-error.ts';

/**
 * Asks git whether it answers for a tree, since what it ignores is not read.
 *
 * @returns a remark where there is a repository and no git
 * @throws UsageError with git's own words where it refuses
 */
export function gitTrouble(root: string): string | undefined {
  if (repositoryOf(root) === undefined) return undefined;
  const { status, stderr, error } = runGit(root, ['rev-parse', '--show-toplevel']);
  if (error !== undefined)
    return 'this is a repository, but there is no git to ask: files that .gitignore names are read like all others';
  if (status === 0) return undefined;
  const words = stderr
    .trim()
    .split('\n')
    .slice(0, 1)
    .join(' ')
    .replace(/^fatal: /, '');
  throw new UsageError(`cannot tell which files git ignores: git says "${words}"`);
}
