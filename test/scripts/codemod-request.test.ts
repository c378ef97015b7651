import { someOf } from '../support/depth.ts';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { DEFAULT_OPTIONS, moduleEnd } from '../../codemods/agent-cache/options.ts';
import { checkRequest } from '../../scripts/codemod/check-request.ts';
import { configFileFor, readConfigFile } from '../../scripts/codemod/config-file.ts';
import { createTree, type Tree } from '../support/trees.ts';

let tree: Tree;
beforeAll(() => {
  tree = createTree({
    'package.json': '{ "files": ["src"], "dependencies": { "acme": "1" } }',
    'src/a.ts': 'export const a = 1;\n',
    'src/lib/stripe-cache.ts': 'export {};\n',
    'packages/one/src/lib/own-cache.js': '',
    'packages/one/src/routes/a.js': '',
    'old.json': '{ "version": 1, "files": [], "summary": {} }',
    'empty.json': '',
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }',
  });
});
afterAll(() => tree.remove());

/** Checks a request with paths of the tree. */
function check({
  paths = ['.'],
  report,
  cacheModule,
}: {
  paths?: string[];
  report?: string;
  cacheModule?: string;
}) {
  const request = { dryRun: true, check: false, force: false, interactive: false, flags: {} };
  checkRequest(
    {
      ...request,
      paths: paths.map((each) => tree.path(each)),
      ...(report === undefined ? {} : { report: tree.path(report) }),
    },
    { ...DEFAULT_OPTIONS, ...(cacheModule === undefined ? {} : { cacheModule }) },
  );
}

test.each([
  ['a source file', 'src/a.ts'],
  ['JSON of another kind', 'package.json'],
])('a report never replaces %s', (_, report) => {
  expect(() => check({ report })).toThrow('it is there and no report');
});

test('a report replaces a report, or a file without content', () => {
  for (const report of ['old.json', 'empty.json', 'new.json']) expect(() => check({ report })).not.toThrow();
});

test('a pipe is no file to migrate', () => {
  spawnSync('mkfifo', [tree.path('pipe.ts')]);
  expect(() => check({ paths: ['pipe.ts'] })).toThrow('pipe.ts: it is neither a file nor a folder');
});

test.each(['src/lib/stripe-cahce', './src/lib/none', '/no/such/module', 'lib/none.ts', 'src'.concat('/x')])(
  'a cache module that is nowhere is refused: %s',
  (cacheModule) => {
    expect(() => check({ cacheModule })).toThrow(`--cache-module ${cacheModule}: there is no such module`);
  },
);

test.each(
  someOf([
    'src/lib/stripe-cache',
    'src/lib/stripe-cache.js',
    'src/lib/own-cache',
    'lib/stripe-cache',
    '@acme/cache/stripe',
    '@/lib/stripe-cache',
    'stripe-cache',
    'acme/cache',
  ]),
)('a cache module that is there, below the paths, a package or an alias is taken: %s', (cacheModule) => {
  expect(() => check({ cacheModule })).not.toThrow();
});

test("the agent's module may be written as paths are", () => {
  const ends = ['lib/stripe', 'lib/stripe.ts', './lib/stripe.js', 'lib/stripe/index.ts'].map(moduleEnd);
  expect(new Set(ends)).toEqual(new Set(['lib/stripe']));
  const absolute = path.resolve('../lib/stripe').slice(1);
  expect([moduleEnd(path.resolve('../lib/stripe.ts')), moduleEnd('../lib/stripe')]).toEqual([
    absolute,
    absolute,
  ]);
  expect(['stripe', '@acme/fb', '@acme/fb/client'].map(moduleEnd)).toEqual([
    'stripe',
    '@acme/fb',
    '@acme/fb/client',
  ]);
});

describe('the configuration file', () => {
  let own: Tree;
  beforeAll(() => {
    own = createTree({
      'agent-cache.config.json': '{ "taskTtl": 60 }',
      'packages/one/agent-cache.config.json': '{}',
      'packages/one/src/a.ts': '',
      'packages/two/.git/HEAD': '',
      'packages/three/src/a.ts': '',
    });
  });
  afterAll(() => own.remove());

  test('is the nearest one above the paths inside of their repository, then that of the working folder', () => {
    const found = (...paths: string[]) => configFileFor(paths.map((each) => own.path(each)));
    expect(found('packages/one/src/a.ts')).toBe(own.path('packages/one/agent-cache.config.json'));
    expect(found('packages/three', 'packages/three/src')).toBe(own.path('agent-cache.config.json'));
    expect(found('packages/two')).toBe(path.resolve('agent-cache.config.json'));
    expect(() => found('packages/one', 'packages/three')).toThrow('configurations of their own');
  });

  test.each([
    ['{"agentClas": "X", "a\\nb": 1}', 'there is no option "agentClas", "a\\nb"'],
    ['{"factory": "delete"}', 'factory has to be a JavaScript name'],
    ['{"tasks": []}', 'tasks has to be text, and not empty'],
    ['{"taskTtl": 9999999999999}', 'taskTtl has to be a whole number of seconds, from 1 to 999999999'],
    ['{"exclude": [""]}', 'exclude.0 has to be text, and not empty'],
    ['[]', 'it has to be an object of options'],
  ])('says in one line what is wrong: %s', async (text, fault) => {
    const file = own.path('wrong.json');
    own.write('wrong.json', text);
    await expect(readConfigFile(file)).rejects.toThrow(`${file}: ${fault}`);
    await expect(readConfigFile(file)).rejects.toThrow(/^[^\n;]*$/);
  });
});
