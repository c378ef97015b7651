import { createTree, runScript, type Tree } from '../support/trees.ts';

const handler = (name: string) => `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export async function ${name}() {
  return await new FacebookAdsAgent().getCampaigns();
}
`;

let tree: Tree;
beforeEach(() => {
  tree = createTree({
    'a.ts': handler('a'),
    'b.ts': handler('b'),
    'c.ts': handler('c'),
    'utils/agent-cache.ts': 'export {};\n',
  });
});
afterEach(() => tree.remove());

const answer = (input: string) =>
  runScript('scripts/codemod.ts', ['--interactive', '.'], { cwd: tree.root, input });
const migrated = () => ['a', 'b', 'c'].filter((name) => tree.read(`${name}.ts`).includes('getFacebookAgent'));

test('yes migrates one file, no leaves it and says so with exit code 1', async () => {
  const { code, stdout } = await answer('y\nno\nYES\n');
  expect(migrated()).toEqual(['a', 'c']);
  expect(code).toBe(1);
  expect(stdout).toContain('Migrate b.ts? (2 of 3) [y]es, [n]o, [a]ll, [q]uit: ');
  expect(stdout).toMatch(/b\.ts:4:\d+ {2}it was not migrated, as answered {2}\[declined\]/);
});

test('no leaves the places that nothing can migrate with their own reasons', async () => {
  tree.remove();
  tree = createTree({
    'a.ts': `${handler('a')}\nexport const own = async (id) => new FacebookAdsAgent({ id }).getCampaigns();\n`,
    'utils/agent-cache.ts': 'export {};\n',
  });
  const { code, stdout } = await answer('n\n');
  expect(code).toBe(1);
  expect(stdout).toMatch(/a\.ts:4:\d+ {2}it was not migrated, as answered/);
  expect(stdout).toMatch(/a\.ts:7:\d+ {2}This FacebookAdsAgent is built with arguments/);
});

test('each question follows the diff of its file; an answer that is none asks again', async () => {
  const { stdout } = await answer('what?\nn\nn\nn\n');
  expect(stdout.match(/^\+\+\+ b\/.*$/gm)).toEqual(['+++ b/a.ts', '+++ b/b.ts', '+++ b/c.ts']);
  expect(stdout.match(/Migrate a\.ts\?/g)).toHaveLength(2);
  expect(stdout.indexOf('+++ b/a.ts')).toBeLessThan(stdout.indexOf('Migrate a.ts?'));
  expect(migrated()).toEqual([]);
});

test('all migrates this file and the rest without asking', async () => {
  const { code, stdout } = await answer('n\na\n');
  expect(migrated()).toEqual(['b', 'c']);
  expect(code).toBe(1);
  expect(stdout).not.toContain('Migrate c.ts?');
});

test.each([
  ['quit', 'y\nq\n'],
  ['the end of the input', 'y\n'],
])('%s leaves this file and the rest', async (_, input) => {
  const { code, stdout } = await answer(input);
  expect(migrated()).toEqual(['a']);
  expect(code).toBe(1);
  expect(stdout).not.toContain('Migrate c.ts?');
  expect(stdout).toMatch(/b\.ts:4:\d+ {2}it was not migrated, as answered/);
  expect(stdout).toMatch(/c\.ts:4:\d+ {2}it was not migrated: nobody was asked about it, .+ {2}\[unasked\]/);
});

test('a factory is asked about after its callers, and is left with one that is', async () => {
  tree.remove();
  tree = createTree({
    'lib/make.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export function make() {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('down', { cause });
  }
}
`,
    'routes/list.ts':
      "import { make } from '../lib/make.js';\n\nexport const list = async () => make().getCampaigns();\n",
    'utils/agent-cache.ts': 'export {};\n',
  });
  const refused = await answer('n\ny\n');
  expect(refused.code).toBe(1);
  expect(refused.stdout).not.toContain('Migrate lib/make.ts?');
  expect(refused.stdout).toContain(
    'it was not migrated, since routes/list.ts, which calls its factory, was not',
  );
  expect(tree.read('lib/make.ts')).toContain('new FacebookAdsAgent');
  const { code, stdout } = await answer('y\ny\n');
  expect(code).toBe(0);
  expect(stdout.indexOf('Migrate routes/list.ts?')).toBeLessThan(stdout.indexOf('Migrate lib/make.ts?'));
  expect(tree.read('lib/make.ts')).toContain('await getFacebookAgent()');
});

test('files that call each other are migrated together, or stay', async () => {
  tree.remove();
  const calling = (
    own: string,
    other: string,
    file: string,
  ) => `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { ${other} } from './${file}.js';

export const ${own} = () => new FacebookAdsAgent();
export const with_${own} = async () => ${other}().getCampaigns();
`;
  const texts = { 'a.ts': calling('makeA', 'makeB', 'b'), 'b.ts': calling('makeB', 'makeA', 'a') };
  tree = createTree({ ...texts, 'utils/agent-cache.ts': 'export {};\n' });
  const refused = await answer('y\nn\n');
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('put back   a.ts');
  expect(refused.stdout).toContain(
    'it was not migrated, since b.ts, which calls its factory, was not  [caller-not-migrated]',
  );
  expect([tree.read('a.ts'), tree.read('b.ts')]).toEqual(Object.values(texts));
  expect((await answer('y\ny\n')).code).toBe(0);
  expect(tree.read('a.ts')).toContain('(await getFacebookAgent()).getCampaigns()');
  expect(tree.read('b.ts')).toContain('getFacebookAgent as makeB');
});
