import { build } from 'esbuild';

test('the codemod loads what a source tree needs, and nothing that serves requests', async () => {
  const { metafile } = await build({
    entryPoints: ['scripts/codemod.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });

  const folders = Object.keys(metafile.inputs).map((file) => file.split('/')[0]);
  expect(new Set(folders)).toEqual(new Set(['codemods', 'scripts']));

  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const packages = imports.filter(({ external, path }) => external && !path.startsWith('node:'));
  expect([...new Set(packages.map(({ path }) => path))].sort()).toEqual([
    '@babel/parser',
    '@babel/traverse',
    '@babel/types',
    'commander',
    'diff',
    'get-tsconfig',
    'magic-string',
    'picomatch',
    'remark-parse',
    'semver/ranges/intersects.js',
    'semver/ranges/valid.js',
    'unified',
    'yaml',
    'yoctocolors',
    'zod',
  ]);
});
