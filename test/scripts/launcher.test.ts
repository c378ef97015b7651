import { pathToFileURL } from 'node:url';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const START = new URL('../../scripts/launcher/start-tool.mjs', import.meta.url).href;

const files = {
  'package.json': '{"type": "module"}',
  'package-lock.json': '{}',
  'codemods/agent-cache/word.ts': "export const word: string = 'first';\n",
  'scripts/tool.ts': `import { readFileSync } from 'node:fs';
import { word } from '../codemods/agent-cache/word.ts';
const lazy = import('./lazy.ts');
const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
void lazy.then(({ more }) => console.log(word, more, process.argv.slice(2).join(), process.argv[1]));
`,
  'scripts/lazy.ts': "export const more = 'lazy' as const;\n",
};

let tree: Tree;

beforeEach(() => {
  tree = createTree(files);
  tree.write(
    'start.mjs',
    `process.argv.splice(1, 1, 'the tool');
await (await import(${JSON.stringify(START)})).startTool({
  root: ${JSON.stringify(tree.root)},
  entry: ${JSON.stringify(tree.path('scripts/tool.ts'))},
  cacheFolder: ${JSON.stringify(tree.path('cache'))},
});`,
  );
});

afterEach(() => tree.remove());

const start = () => runCommand(process.execPath, [tree.path('start.mjs'), '--a', 'b']);
const bundles = () => tree.list('cache');

test('a tool runs from a bundle that is made once', async () => {
  const said = { code: 0, stdout: 'first lazy --a,b the tool\n', stderr: '' };
  expect(await start()).toEqual(said);
  const made = bundles();
  expect(made).toHaveLength(2);

  expect(await start()).toEqual(said);
  expect(bundles()).toEqual(made);
});

test('a change of a source is seen at once, and the old bundle goes', async () => {
  await start();
  const made = bundles();
  tree.write('codemods/agent-cache/word.ts', "export const word: string = 'second';\n");

  expect(await start()).toMatchObject({ code: 0, stdout: 'second lazy --a,b the tool\n' });
  expect(bundles()).toHaveLength(2);
  expect(bundles()).not.toEqual(made);
});

test('a tool runs where no bundle can be kept', async () => {
  tree.write('cache', 'not a folder');
  expect(await start()).toMatchObject({ code: 0, stdout: 'first lazy --a,b the tool\n' });
});

test('a source that does not parse is named', async () => {
  tree.write('scripts/lazy.ts', 'export const = 1;\n');
  const { code, stderr } = await start();
  expect(code).not.toBe(0);
  expect(stderr).toContain(new URL(pathToFileURL(tree.path('scripts/lazy.ts'))).pathname);
});
