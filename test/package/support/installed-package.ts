import { createTree, type Ended, runCommand, type Tree } from '../../support/trees.ts';

/** The package as a team has it: packed from this repository and installed into an empty one. */
export interface InstalledPackage {
  tree: Tree;
  /** What npm said of the tarball. */
  packed: { size: number; files: { path: string }[]; name: string; version: string };
  /** Where the tarball lies. */
  tarball: string;
  /** What a command of the team's is given besides. */
  env: Record<string, string>;
  /** How the installation ended. */
  installed: Ended;
}

/**
 * Packs the package and installs it, offline, into a new repository that the caller removes.
 *
 * @param files what the repository has besides
 * @param manifest what its package.json says besides
 */
export async function installPackage(
  files: Record<string, string> = {},
  manifest: Record<string, unknown> = {},
): Promise<InstalledPackage> {
  const own = JSON.stringify({ name: 'team', private: true, ...manifest }, null, 2);
  const tree = createTree({ 'package.json': `${own}\n`, ...files });
  const pack = await runCommand('npm', ['pack', '-w', 'codemods', '--json', '--pack-destination', tree.root]);
  if (pack.code !== 0) throw new Error(pack.stderr);
  // What `prepack` prints comes before.
  const said: unknown = JSON.parse(pack.stdout.slice(pack.stdout.search(/^[[{]/m)));
  const [packed] = Object.values(said as Record<string, InstalledPackage['packed'] & { filename: string }>);
  if (packed === undefined) throw new Error(`npm pack said nothing: ${pack.stdout}`);
  const tarball = tree.path(packed.filename);
  const args = ['install', '--save-dev', '--offline', '--no-audit', tarball];
  const installed = await runCommand('npm', args, { cwd: tree.root, env: ENV });
  return { tree, packed, tarball, installed, env: ENV };
}

/** Without what the npm around this test hands down to its scripts. */
const ENV = { npm_config_user_agent: '', INIT_CWD: '', npm_package_json: '', npm_config_loglevel: 'notice' };
