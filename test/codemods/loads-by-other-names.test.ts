import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { explained } from './support/explained.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const TREE = {
  'package.json': '{ "name": "shop", "type": "module", "dependencies": { "express": "^5.1.0" } }',
  'src/agents/facebook-ads-agent.ts':
    'export class FacebookAdsAgent {\n  describe() {\n    return 1;\n  }\n  async getCampaigns() {\n    return [];\n  }\n}\n',
  'src/utils/agent-cache.ts':
    "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n\nlet agent: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() {\n  return (agent ??= new FacebookAdsAgent());\n}\nexport function getCachedAgentProvider() {}\n",
  'src/open.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export function open() {
  return new FacebookAdsAgent();
}
`,
  'src/routes.ts': `import { Router } from 'express';
import { open } from './open.js';

export const router = Router();
router.get('/', async (_req, res) => {
  res.json(await open().getCampaigns());
});
`,
};

/** What the codemod says of the factory beside another file. */
async function reasonsBeside(file: string, text: string): Promise<string[]> {
  const tree = temporaryTree({ ...TREE, [file]: text });
  try {
    for await (const result of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS))
      if (result.path.endsWith('open.ts')) return explained(result).flatMap(({ id }) => id ?? []);
    return ['unseen'];
  } finally {
    tree.remove();
  }
}

const COMPONENT = `import { open } from './open';\nconst name = open().describe();\n`;

describe('who loads a factory by another name than import keeps it', () => {
  test.each(
    someOf([
      [
        'jest.requireActual',
        'src/open.test.ts',
        "const { open } = jest.requireActual('./open.js');\nopen().describe();\n",
      ],
      [
        'vi.importActual',
        'src/open.test.ts',
        "const m = await vi.importActual<any>('./open.js');\nm.open().describe();\n",
      ],
      [
        'what a mock loads the original by',
        'src/open.test.ts',
        "vi.mock('./open.js', async (importOriginal) => {\n  const m = await importOriginal();\n  return { name: m.open().describe() };\n});\n",
      ],
      [
        'the original in a mock',
        'src/open.test.ts',
        "jest.mock('./open.js', () => ({ ...jest.requireActual('./open.js'), close() {} }));\n",
      ],
      [
        'proxyquire',
        'test/open.test.js',
        "const { open } = require('proxyquire')('../src/open', {});\nopen().describe();\n",
      ],
      ['rewire', 'test/open.test.js', "const m = rewire('../src/open');\nm.__get__('open')().describe();\n"],
      [
        'mock-require',
        'test/open.test.js',
        "const { open } = mock.reRequire('../src/open');\nopen().describe();\n",
      ],
      [
        'esmock',
        'test/open.test.js',
        "const { open } = await esmock('../src/open.js', {});\nopen().describe();\n",
      ],
      [
        'a loader of the tree',
        'test/open.test.js',
        "const { open } = fresh('../src/open.js');\nopen().describe();\n",
      ],
      ['a component of Vue', 'src/App.vue', `<script setup>\n${COMPONENT}</script>\n`],
      ['a component of Svelte', 'src/App.svelte', `<script>\n${COMPONENT}</script>\n`],
    ]),
  )('%s', async (_name, file, text) => {
    expect(await reasonsBeside(file, text)).toEqual(['factory-used-in-left-file']);
  });
});

describe('code that a command runs keeps it', () => {
  const loading = "require('./src/open').open().describe()";
  test.each(
    someOf([
      [
        'a script of the package',
        'package.json',
        JSON.stringify({ type: 'module', scripts: { warm: `node -e "${loading}"` } }),
      ],
      [
        'a script that runs TypeScript',
        'package.json',
        JSON.stringify({
          scripts: { warm: `tsx --eval "import { open } from './src/open.ts'; open().describe()"` },
        }),
      ],
      ['what is printed', 'package.json', JSON.stringify({ scripts: { name: `node -p "${loading}"` } })],
      [
        'what was built',
        'package.json',
        JSON.stringify({ scripts: { name: `node -p "${loading.replace('src', 'dist')}"` } }),
      ],
      ['a script of a shell', 'scripts/warm.sh', `node -e "${loading}"\n`],
      ['a script of a shell that runs beside it', 'src/warm.sh', `node -e "require('./open').open()"\n`],
      [
        'a document of a shell',
        'scripts/warm.sh',
        `node --input-type=module <<'JS'\nimport { open } from './src/open.js';\nopen().describe();\nJS\n`,
      ],
      ['a make file', 'Makefile', `warm:\n\tnode -e "${loading}"\n`],
      ['an image', 'Dockerfile', `FROM node:24\nHEALTHCHECK CMD node -e "${loading}"\n`],
      ['a pipeline', '.github/workflows/ci.yml', `steps:\n  - run: npx tsx -e "${loading}"\n`],
    ]),
  )('%s', async (_name, file, text) => {
    expect(await reasonsBeside(file, text)).toEqual(['factory-used-in-left-file']);
  });
});

describe('what only names its module does not', () => {
  test.each(
    someOf([
      [
        'a script that runs other code',
        'package.json',
        JSON.stringify({
          type: 'module',
          scripts: { clean: `node -e "require('fs').rmSync('dist')"`, start: 'node src/open.js' },
        }),
      ],
      [
        'a script of a shell with another module',
        'scripts/warm.sh',
        `node -e "require('./src/close').close('open')"\n`,
      ],
      ['a document of the package', 'docs/open.yml', "example: require('./src/open').open()\n"],
      ['a mock', 'src/routes.test.ts', "jest.mock('./open.js');\ntest('open', () => undefined);\n"],
      ['a mock of its own', 'src/routes.test.ts', "jest.mock('./open.js', () => ({ open: () => ({}) }));\n"],
      [
        'a mock that has its own beside the others',
        'src/routes.test.ts',
        "jest.mock('./open.js', () => ({ ...jest.requireActual('./open.js'), open: () => ({}) }));\n",
      ],
      [
        'a stub',
        'src/routes.test.js',
        "const { router } = proxyquire('./routes', { './open': { open: () => ({}) } });\nrouter();\n",
      ],
      [
        'who reads its text',
        'src/open.test.ts',
        "import fs from 'node:fs';\nfs.readFileSync('./open.ts', 'utf8').includes('open');\n",
      ],
      [
        'another component',
        'src/App.vue',
        "<script setup>\nimport { close } from './close';\nclose('open');\n</script>\n",
      ],
    ]),
  )('%s', async (_name, file, text) => {
    expect(await reasonsBeside(file, text)).toEqual([]);
  });
});

/** What the codemod notes of the mocks of a test. */
async function notesBeside(text: string): Promise<string[]> {
  const tree = temporaryTree({ ...TREE, 'test/routes.test.ts': text });
  const found: string[] = [];
  try {
    for await (const { notes = [] } of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS))
      found.push(...notes.map((note) => note.text));
    return found;
  } finally {
    tree.remove();
  }
}

describe('a mock that the places are no longer given is told of', () => {
  test.each(
    someOf([
      ["jest.mock('../src/open.js', () => ({ open: () => ({}) }));"],
      ["jest.mock('../src/open.js');"],
      ["jest.unstable_mockModule('../src/open.js', () => ({ open: () => ({}) }));"],
      ["vi.mock(import('../src/open.js'), () => ({ open: () => ({}) }));"],
      ["mock.module('../src/open.js', { namedExports: { open: () => ({}) } });"],
      ["proxyquire('../src/routes.js', { './open.js': { open: () => ({}) } });"],
      ["td.replace('../src/open.js', { open: () => ({}) });"],
      ["import * as all from '../src/open.js'; sinon.stub(all, 'open').returns({});"],
      ["import * as all from '../src/open.js'; jest.spyOn(all, 'open').mockReturnValue({});"],
      ["const routes = rewire('../src/routes.js'); routes.__set__('open', () => ({}));"],
    ]),
  )('%s', async (text) => {
    expect(await notesBeside(text)).toEqual([
      'line 1 of test/routes.test.ts mocks src/open.ts, whose open is no longer used here: mock getFacebookAgent of the cache module there',
    ]);
  });

  test.each([
    ["jest.mock('../src/close.js', () => ({ open: () => ({}) }));"],
    ["import * as all from '../src/open.js'; jest.spyOn(all, 'close').mockReturnValue({});"],
    ["proxyquire('../src/routes.js', { './close.js': { open: () => ({}) } });"],
    ["jest.mock('../src/agents/facebook-ads-agent.js');"],
    ["import { router } from '../src/routes.js'; test('open', () => expect(router).toBeDefined());"],
  ])('and no other one: %s', async (text) => {
    expect(await notesBeside(text)).toEqual([]);
  });
});
