import { cpSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * Copies installed packages, and what these need, to where a program finds them without the installation.
 *
 * @param {readonly string[]} names
 * @param {string} root the folder that holds `node_modules`
 * @param {string} to the folder of the program
 */
export function copyPackages(names, root, to) {
  const installed = path.join(root, 'node_modules');
  const target = path.join(to, 'node_modules');
  const seen = new Set();
  const copy = (name, optional) => {
    const folder = path.join(installed, name);
    if (seen.has(name) || (optional && !existsSync(folder))) return;
    seen.add(name);
    const real = realpathSync(folder);
    cpSync(real, path.join(target, name), { recursive: true, filter: (file) => !file.endsWith('.map') });
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(path.join(real, 'package.json'), 'utf8'),
    );
    // Those that it holds itself came along with it.
    const outside = (each) => !existsSync(path.join(real, 'node_modules', each));
    for (const each of Object.keys(dependencies).filter(outside)) copy(each, each in optionalDependencies);
    for (const each of Object.keys(optionalDependencies).filter(outside)) copy(each, true);
  };
  for (const name of names) copy(name, false);
}
