import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { runCommand } from '../support/trees.ts';
import { type InstalledPackage, installPackage } from './support/installed-package.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

let team: InstalledPackage;
beforeAll(async () => {
  team = await installPackage();
});
afterAll(() => team.tree.remove());

const cli = (args: string[], cwd = team.tree.root) =>
  runCommand(team.tree.path('node_modules/.bin/agent-cache'), args, {
    cwd,
    env: { npm_config_user_agent: '' },
  });

describe('the tarball', () => {
  test('is small, and one package', () => {
    expect(team.packed.size).toBeLessThan(3_000_000);
    expect(team.installed.code).toBe(0);
    expect(team.installed.stdout).toMatch(/^added 1 package\b/m);
    expect(team.installed.stderr).toBe('');
  });

  test('has the licences, the schemas and no sources', () => {
    const files = team.packed.files.map((file) => file.path).sort();
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/THIRD-PARTY-LICENSES.txt',
        'dist/agent-cache.config.schema.json',
        'dist/checklist-report.schema.json',
      ]),
    );
    expect(files.filter((file) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(file))).toEqual([]);
    const licences = team.tree.read('node_modules/agent-cache-tools/dist/THIRD-PARTY-LICENSES.txt');
    for (const name of ['@babel/parser', 'commander', 'zod']) expect(licences).toContain(`\n${name} `);
  });

  test('is what publint and are-the-types-wrong want', async () => {
    const { messages } = await publint({
      pkgDir: team.tree.path('node_modules/agent-cache-tools'),
      pack: false,
    });
    expect(messages).toEqual([]);
    const checked = await checkPackage(createPackageFromTarballData(readFileSync(team.tarball)));
    // The resolution of Node 10 knows no `exports`; no Node that the package runs on has it.
    const problems = 'problems' in checked ? checked.problems : [{ kind: 'no types', resolutionKind: 'all' }];
    const real = problems.filter((each) => !('resolutionKind' in each && each.resolutionKind === 'node10'));
    expect(real).toEqual([]);
  });
});

describe('the command', () => {
  test('tells what it can', async () => {
    const help = await cli(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['codemod', 'checklist', 'init', 'npx agent-cache codemod --dry-run src'])
      expect(help.stdout).toContain(word);
    const { version } = JSON.parse(readFileSync(path.join(REPOSITORY, 'codemods/package.json'), 'utf8'));
    for (const args of [['--version'], ['-V'], ['codemod', '--version'], ['checklist', '--version']])
      expect(await cli(args)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    for (const tool of ['codemod', 'checklist']) {
      const said = await cli([tool, '--help']);
      expect(said.stdout).toMatch(new RegExp(`^Usage: npx agent-cache ${tool} \\[options\\]`));
      expect(said.stdout).not.toContain('npm run');
    }
  });

  test('says what may have been meant', async () => {
    expect(await cli(['codmod'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "agent-cache: unknown command 'codmod' (Did you mean codemod?); --help lists them\n",
    });
    expect(await cli([])).toMatchObject({ code: 2, stderr: expect.stringContaining('name a command') });
    const { code, stderr } = await cli(['codemod', '--dry-rnu', 'src']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "codemod: unknown option '--dry-rnu' (Did you mean --dry-run?); --help lists the options\n",
    });
  });
});

const USE = `
const provider: CachedProvider<{ id: number }> = new CachedProvider({
  create: async ({ signal }) => ({ id: signal.aborted ? 0 : 7 }),
  ttl: 60,
  onEvent: (event: ProviderEvent<{ id: number }>) => void event.type,
});
export const stats: ProviderStats = provider.stats();
export const isLate = (error: unknown): boolean => error instanceof CreateTimeoutError;
provider.get().then(({ id }) => console.log(id, typeof transform));
`;

test('the library and the transform are used from ESM and CommonJS by a strict consumer', async () => {
  const names =
    "CachedProvider, CreateTimeoutError, type ProviderEvent, type ProviderStats } from 'agent-cache-tools'";
  team.tree.write(
    'use.mts',
    `import { ${names};\nimport transform from 'agent-cache-tools/transform';\n${USE}`,
  );
  team.tree.write(
    'use.cts',
    `import { ${names};\nimport transform = require('agent-cache-tools/transform');\n${USE}`,
  );
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: 'NodeNext',
    target: 'ES2022',
    // The browser's library has the two globals in question, and is read in a tenth of the time of Node's types.
    lib: ['ES2022', 'DOM'],
    types: [],
    skipDefaultLibCheck: true,
  };
  team.tree.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.mts', 'use.cts'] }));
  const tsc = path.join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  expect(await runCommand(process.execPath, [tsc], { cwd: team.tree.root })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  for (const file of ['use.mjs', 'use.cjs']) {
    const ran = await runCommand(process.execPath, [file], { cwd: team.tree.root });
    expect(ran).toEqual({ code: 0, stdout: '7 function\n', stderr: '' });
  }
});
