import path from 'node:path';

/**
 * Goes to where the user typed the command: npm starts a script in the folder of its package, and keeps the user's own
 * in `INIT_CWD`. What a script of npm started further down has other folders, and stays where it is.
 *
 * @returns the folder of the package, where that is not the user's own
 */
export function enterUserFolder(env: NodeJS.ProcessEnv): string | undefined {
  const { INIT_CWD: folder, npm_package_json: manifest } = env;
  const start = process.cwd();
  if (folder === undefined || manifest === undefined || path.dirname(manifest) !== start) return undefined;
  if (path.resolve(folder) === start) return undefined;
  process.chdir(folder);
  return start;
}
