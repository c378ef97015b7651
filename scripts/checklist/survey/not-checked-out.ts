import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isMigratableFile, isSkippedFolder } from '../../../codemods/agent-cache/files/excluded.ts';
import { repositoryOf, runGit } from '../../../codemods/agent-cache/files/git.ts';
import { excluded } from '../../../codemods/agent-cache/files/left-out.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { toItemPath } from '../item-paths.ts';

type Options = Pick<CodemodOptions, 'agentClass' | 'agentModule' | 'exclude'>;

/**
 * Why a tree of which git keeps a part to itself says nothing about that part: a sparse checkout, whose missing files
 * name the agent's class or its module, or cannot be read. Undefined where none does.
 */
export function notCheckedOut(root: string, options: Options): string | undefined {
  const real = realpathSync(root);
  if (repositoryOf(real) === undefined) return undefined;
  const absent = absentFiles(real);
  if (absent.size === 0) return undefined;
  const { agentClass, agentModule, exclude } = options;
  const module = agentModule.slice(agentModule.lastIndexOf('/') + 1);
  const words = [agentClass, module].flatMap((word) => ['-e', word]);
  const { status, stdout, stderr } = runGit(real, ['grep', '--cached', '-lzF', ...words]);
  // It goes on behind a file that it cannot read, and ends as if that did not match.
  const isWhole = (status === 0 || status === 1) && !/^(?:error|fatal):/m.test(stderr);
  if (!isWhole)
    return `git cannot search the files that a sparse checkout leaves out (${absent.size}), as where a partial clone did not fetch them: check the whole tree out`;
  const isExcluded = excluded(exclude);
  const [first, ...others] = stdout
    .split('\0')
    .filter((file) => absent.has(file) && isProduction(file) && !isExcluded(path.join(root, file)));
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${toItemPath(root, path.join(root, first))}${more} would have to be read, and a sparse checkout leaves it out: check the whole tree out, or read the index with --staged`;
}

/** Files of the index that are not to be on disk, and are not, by their paths below the folder. */
function absentFiles(folder: string): Set<string> {
  const { stdout } = runGit(folder, ['ls-files', '-t', '-z']);
  const tagged = stdout.split('\0').filter((entry) => entry.startsWith('S '));
  const files = tagged.map((entry) => entry.slice(2));
  return new Set(files.filter((file) => !existsSync(path.join(folder, file))));
}

function isProduction(file: string): boolean {
  const folders = file.split('/');
  const name = folders.pop() ?? '';
  return isMigratableFile(name) && !folders.some((folder) => isSkippedFolder(folder));
}
