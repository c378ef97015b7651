import { createTree, type Ended, runCommand, type Tree } from '../../support/trees.ts';

/** The package as a team has it: packed from this repository and installed into an empty one. */
export interface InstalledPackage {
  tree: Tree;
  /** What npm said of the tarball. */
  packed: { size: number; files: { path: string }[]; name: string; version: string };
  /** Where the tarball lies. */
  tarball: string;
  /** How the installation ended. */
  installed: Ended;
}

/** Packs the package and installs it, offline, into a new folder that the caller removes. */
export async function installPackage(): Promise<InstalledPackage> {
  const tree = createTree({ 'package.json': '{ "name": "empty", "private": true }\n' });
  const pack = await runCommand('npm', ['pack', '-w', 'codemods', '--json', '--pack-destination', tree.root]);
  if (pack.code !== 0) throw new Error(pack.stderr);
  // What `prepack` prints comes before.
  const said: unknown = JSON.parse(pack.stdout.slice(pack.stdout.search(/^[[{]/m)));
  const [packed] = Object.values(said as Record<string, InstalledPackage['packed'] & { filename: string }>);
  if (packed === undefined) throw new Error(`npm pack said nothing: ${pack.stdout}`);
  const tarball = tree.path(packed.filename);
  const installed = await runCommand('npm', ['install', '--save-dev', '--offline', '--no-audit', tarball], {
    cwd: tree.root,
    env: clean(),
  });
  return { tree, packed, tarball, installed };
}

/** Without what the npm around this test hands down to its scripts. */
function clean(): Record<string, string> {
  return { npm_config_user_agent: '', INIT_CWD: '', npm_package_json: '', npm_config_loglevel: 'notice' };
}
