import { readFileSync } from 'node:fs';

/** A statement at the start of its line, or a call. */
const IMPORT = /(?:^(?:import|export|\}).*\bfrom |^import |\bimport\()'([^']+)'/gm;

/** Every module that a file leads to, lazily loaded ones too: files by their path, packages by their name. */
function reachable(url: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(url.href)) return seen;
  seen.add(url.href);
  const source = readFileSync(url, 'utf8').replaceAll(/^import type .*$/gm, '');
  for (const [, specifier = ''] of source.matchAll(IMPORT)) {
    if (specifier.startsWith('.')) reachable(new URL(specifier, url), seen);
    else seen.add(specifier);
  }
  return seen;
}

test('the codemod loads what a source tree needs, and nothing that serves requests', () => {
  const modules = [...reachable(new URL('../../scripts/codemod.ts', import.meta.url))];
  const root = new URL('../../', import.meta.url).href;
  const folders = modules
    .filter((each) => each.startsWith(root))
    .map((each) => each.slice(root.length).split('/')[0]);
  expect(new Set(folders)).toEqual(new Set(['codemods', 'scripts']));
  const packages = modules.filter((each) => !each.startsWith('file:') && !each.startsWith('node:')).sort();
  expect(packages).toEqual([
    '@babel/parser',
    '@babel/traverse',
    'commander',
    'diff',
    'magic-string',
    'picomatch',
    'yoctocolors',
    'zod',
  ]);
});
