import { runGit } from '../../codemods/agent-cache/files/git.ts';

/** What default branches are mostly called. */
const USUAL = ['main', 'master', 'trunk', 'develop', 'development'];

/** The branch that a repository's others are merged into: as its remote says, or by its name; `main` where nothing tells. */
export function defaultBranch(repository: string | undefined): string {
  if (repository === undefined) return 'main';
  const of = (...args: string[]) => runGit(repository, args).stdout?.trim() ?? '';
  const remote = /^origin\/(.+)$/.exec(of('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'));
  if (remote?.[1] !== undefined) return remote[1];
  const present = of('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n').filter(Boolean);
  const [only, ...more] = present;
  if (only !== undefined && more.length === 0) return only;
  // Before its first commit a repository has none but the one that it is on.
  return (
    USUAL.find((each) => present.includes(each)) ??
    only ??
    (of('symbolic-ref', '--quiet', '--short', 'HEAD') || 'main')
  );
}
