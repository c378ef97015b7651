import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { explained } from './support/explained.ts';
import { type TemporaryTree, temporaryTree } from './support/temporary-tree.ts';

const MANIFEST = { name: 'shop', private: true, type: 'module', dependencies: { express: '^5.1.0' } };
const FACTORY = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export const build = () => new FacebookAdsAgent();
`;
const OBJECT = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export const agents = { build: () => new FacebookAdsAgent() };
`;
const CLASS = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export class Agents {
  static build() {
    return new FacebookAdsAgent();
  }
}
`;
const TREE = {
  'src/agents/facebook-ads-agent.ts':
    'export class FacebookAdsAgent {\n  describe() {\n    return 1;\n  }\n  async getCampaigns() {\n    return [];\n  }\n}\n',
  'src/utils/agent-cache.ts':
    "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n\nlet agent: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() {\n  agent ??= new FacebookAdsAgent();\n  return agent;\n}\nexport function getCachedAgentProvider() {}\n",
  'src/factory.ts': FACTORY,
};

const routes = (
  from: string,
  take = `import { build } from '${from}';`,
  call = 'build()',
) => `import { Router } from 'express';
${take}

export const router = Router();
router.get('/', async (_req, res) => {
  const agent = ${call};
  res.json([agent.describe(), await agent.getCampaigns()]);
});
`;
const json = (value: unknown) => JSON.stringify(value);
const config = (compilerOptions: unknown, more = {}) => json({ compilerOptions, ...more });

let tree: TemporaryTree | undefined;
afterEach(() => tree?.remove());

async function migrate(files: Record<string, string>) {
  tree = temporaryTree({ 'package.json': json(MANIFEST), ...TREE, ...files });
  const found: Record<string, { status: string; manual: string[] }> = {};
  for await (const result of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS))
    found[result.path.slice(result.path.indexOf('/src/') + 1)] = {
      status: result.status,
      manual: explained(result).flatMap(({ id, reason }) => (id === undefined ? [] : [`${id}: ${reason}`])),
    };
  return found;
}

describe('what the tree explains is resolved, and rewired with its callers', () => {
  test.each<[string, string, Record<string, string>]>(
    someOf([
      [
        'the package by its own name',
        'shop/factory.js',
        { 'package.json': json({ ...MANIFEST, exports: { './*': './src/*' } }) },
      ],
      [
        'the package by its own name, as it is built',
        'shop/factory',
        { 'package.json': json({ ...MANIFEST, exports: { './*': './dist/*.js' } }) },
      ],
      [
        '`imports` that lead to the output',
        '#lib/factory',
        {
          'package.json': json({ ...MANIFEST, imports: { '#lib/*': './output/*.js' } }),
          'tsconfig.json': config({ outDir: 'output', rootDir: 'src' }),
        },
      ],
      [
        'a path into the output, which is there',
        '../output/factory.js',
        {
          'tsconfig.json': config({ outDir: './output', rootDir: './src' }),
          'output/factory.js': 'export const build = () => 1;\n',
        },
      ],
      [
        '`paths` of a package that is extended',
        '~/factory.js',
        {
          'node_modules/@acme/tsconfig/package.json': '{ "name": "@acme/tsconfig" }',
          'node_modules/@acme/tsconfig/base.json': config({ paths: { '~/*': [`\${configDir}/src/*`] } }),
          'tsconfig.json': json({ extends: '@acme/tsconfig/base.json' }),
        },
      ],
      [
        'the last of several that are extended',
        '@/factory.js',
        {
          'a.json': config({ paths: { '@/*': ['./nowhere/*'] } }),
          'b.json': config({ paths: { '@/*': ['./src/*'] } }),
          'tsconfig.json': json({ extends: ['./a.json', './b.json'] }),
        },
      ],
      [
        '`baseUrl` that is inherited by own `paths`',
        'lib/factory.js',
        {
          'config/base.json': config({ baseUrl: '../src' }),
          'tsconfig.json': json({
            extends: './config/base.json',
            compilerOptions: { paths: { 'lib/*': ['./*'] } },
          }),
        },
      ],
      [
        'own `paths` beside an extended package that is not installed',
        '@/factory.js',
        {
          'tsconfig.json': json({
            extends: '@acme/absent/tsconfig.json',
            compilerOptions: { paths: { '@/*': ['./src/*'] } },
          }),
        },
      ],
      [
        'a project that a config without files refers to',
        '@/factory.js',
        {
          'tsconfig.json': json({ files: [], references: [{ path: './tsconfig.app.json' }] }),
          'tsconfig.app.json': config({ paths: { '@/*': ['./src/*'] } }),
        },
      ],
      [
        '_moduleAliases',
        '@src/factory.js',
        { 'package.json': json({ ...MANIFEST, _moduleAliases: { '@src': 'src' } }) },
      ],
      [
        'NODE_PATH',
        'factory.js',
        { 'package.json': json({ ...MANIFEST, scripts: { start: 'NODE_PATH=./src node src/app.js' } }) },
      ],
      [
        "a bundler's alias",
        '@/factory.js',
        {
          'vite.config.ts':
            "import path from 'node:path';\nexport default { resolve: { alias: { '@': path.resolve(__dirname, './src') } } };\n",
        },
      ],
      [
        "a bundler's list of aliases",
        '@/factory.js',
        {
          'vite.config.ts':
            "import { fileURLToPath } from 'node:url';\nexport default { resolve: { alias: [{ find: '@', replacement: fileURLToPath(new URL('./src', import.meta.url)) }] } };\n",
        },
      ],
    ]),
  )('%s: %s', async (_what, specifier, files) => {
    expect(await migrate({ 'src/routes.ts': routes(specifier), ...files })).toEqual({
      'src/factory.ts': { status: 'migrated', manual: [] },
      'src/routes.ts': { status: 'migrated', manual: [] },
    });
  });
});

describe('an exported factory stays where something that nothing explains may be its importer', () => {
  test.each<[string, Record<string, string>]>([
    ['a function, by an alias', { 'src/routes.ts': routes('@app/factory.js') }],
    ['a function, by a path that is not there', { 'src/routes.ts': routes('../generated/factory.js') }],
    [
      'an object',
      {
        'src/factory.ts': OBJECT,
        'src/routes.ts': routes('', "import { agents } from '@app/factory.js';", 'agents.build()'),
      },
    ],
    [
      'a class',
      {
        'src/factory.ts': CLASS,
        'src/routes.ts': routes('', "import { Agents } from '@app/factory.js';", 'Agents.build()'),
      },
    ],
    [
      'a function that gives the agent in what it returns',
      {
        'src/factory.ts': FACTORY.replace('new FacebookAdsAgent()', '({ agent: new FacebookAdsAgent() })'),
        'src/other.ts': routes('./factory.js', undefined, 'build().agent'),
        'src/routes.ts': routes('@app/factory.js', undefined, 'build().agent'),
      },
    ],
    [
      'a barrel that hands it on',
      { 'src/lib.ts': "export * from './factory.js';\n", 'src/routes.ts': routes('@app/lib.js') },
    ],
  ])('%s', async (_what, files) => {
    const { 'src/factory.ts': factory, 'src/routes.ts': other } = await migrate(files);
    expect(factory?.status).toBe('manual');
    expect(factory?.manual.join()).toMatch(
      /importer-unresolved: '.*' on line 2 of src\/routes\.ts leads nowhere that the tree explains/,
    );
    expect(other).toBeUndefined();
  });

  const URL_OF = "new URL('./factory.js', import.meta.url)";
  test.each(
    someOf([
      [
        'createRequire',
        "import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);",
        "load('./factory.js').build()",
      ],
      [
        'createRequire at once',
        "import { createRequire } from 'node:module';",
        "createRequire(import.meta.url)('./factory.js').build()",
      ],
      ['module.require', '', "module.require('./factory.js').build()"],
      ['require.main.require', '', "require.main.require('./src/factory.js').build()"],
      ['require.resolve', "const at = require.resolve('./factory.js');", 'load(at).build()'],
      [
        'a path that is joined',
        "import path from 'node:path';",
        "require(path.join(__dirname, 'factory.js')).build()",
      ],
      ['a template', 'const name = process.env.KIND;', `(await import(\`./\${name}.js\`)).build()`],
      ['a name in a variable', 'const name = pick();', '(await import(name)).build()'],
      ['a URL', '', `(await import(${URL_OF})).build()`],
      ['a URL by its text', `const at = ${URL_OF};`, '(await import(at.href)).build()'],
      [
        'import.meta.glob',
        "const all = import.meta.glob('./*.ts', { eager: true });",
        "all['./factory.ts'].build()",
      ],
      ['require.context', "const all = require.context('./', false, /ts$/);", "all('./factory.ts').build()"],
      [
        'a container that is given a pattern',
        "import { container } from './container.js';\ncontainer.loadModules(['src/f*.js'], { cwd: import.meta.dirname });",
        "container.resolve('build')()",
      ],
      [
        'a pattern whose modules are given on at once',
        "import { app } from './app.js';\nimport { load } from 'autoloader';\napp.use(load('src/f*.js'));",
        'app.locals.build()',
      ],
      [
        'a pattern in settings',
        `import load from 'autoloader';\nconst settings = { factories: [\`\${import.meta.dirname}/**/*.{ts,js}\`] };`,
        'load(settings)[0].build()',
      ],
      [
        'a folder that is read',
        `import { readdirSync } from 'node:fs';\nconst all = readdirSync(import.meta.dirname).map((each) => require(\`\${import.meta.dirname}/\${each}\`));`,
        'all[0].build()',
      ],
    ]),
  )('loaded by %s', async (_what, take, call) => {
    const { 'src/factory.ts': factory } = await migrate({ 'src/routes.ts': routes('', take, call) });
    expect(factory?.manual.join()).toMatch(
      /^(loaded-unseen|importer-unresolved): .* on line \d+ of src\/routes\.ts/,
    );
    expect(factory?.status).toBe('manual');
  });
});

describe('what cannot be its importer blocks nothing', () => {
  const caller = { 'src/routes.ts': routes('./factory.js') };
  test.each<[string, string]>(
    someOf([
      ['a package that is declared', "import { build } from 'express/factory.js';\nbuild();\n"],
      ['a module of Node.js', "import { build } from 'node:factory';\nbuild();\n"],
      ['an alias that ends otherwise', "import { build } from '@app/other.js';\nbuild();\n"],
      ['data of the same name', "import build from '@app/factory.json';\nbuild();\n"],
      ['an import of another name', "import { start } from '@app/factory.js';\nstart();\n"],
      [
        'a loader of another folder',
        "import path from 'node:path';\nfor (const each of names) app.use(require(path.join(__dirname, 'routes', each)));\n",
      ],
      [
        'a loader by a template, of another folder',
        `for (const each of names) app.use((await import(\`./routes/\${each}.js\`)).default);\n`,
      ],
      [
        'a loader that takes another export',
        'for (const each of names) app.use((await import(each)).router);\n',
      ],
      ['locales of a package', "for (const each of names) require('dayjs/locale/' + each);\n"],
      [
        'a container that is given a pattern of another folder',
        "import { container } from './container.js';\ncontainer.loadModules(['src/services/*.js']);\n",
      ],
      [
        'documentation that is read from comments',
        "import swagger from 'swagger-jsdoc';\nexport const docs = swagger({ definition: {}, apis: ['./src/**/*.ts'] });\n",
      ],
      [
        'files that are listed',
        "import { globSync } from 'glob';\nexport const names = globSync('src/*.ts');\n",
      ],
      [
        'a route of scripts',
        "import { app } from './app.js';\napp.get('/src/*.js', (_req, res) => res.end());\n",
      ],
      ['text in a comment', '// require(name) of ./factory\nexport const a = 1;\n'],
    ]),
  )('%s', async (_what, other) => {
    const found = await migrate({ ...caller, 'src/other.ts': other });
    expect(found['src/factory.ts']).toEqual({ status: 'migrated', manual: [] });
    expect(found['src/routes.ts']?.status).toBe('migrated');
  });
});
