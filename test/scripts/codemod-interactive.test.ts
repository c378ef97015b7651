import { deeply, someOf } from '../support/depth.ts';
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

deeply('no leaves the places that nothing can migrate with their own reasons', async () => {
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

deeply('all migrates this file and the rest without asking', async () => {
  const { code, stdout } = await answer('n\na\n');
  expect(migrated()).toEqual(['b', 'c']);
  expect(code).toBe(1);
  expect(stdout).not.toContain('Migrate c.ts?');
});

test.each(
  someOf([
    ['quit', 'y\nq\n'],
    ['the end of the input', 'y\n'],
  ]),
)('%s leaves this file and the rest', async (_, input) => {
  const { code, stdout } = await answer(input);
  expect(migrated()).toEqual(['a']);
  expect(code).toBe(1);
  expect(stdout).not.toContain('Migrate c.ts?');
  expect(stdout).toMatch(/b\.ts:4:\d+ {2}it was not migrated: .+ {2}\[unasked\]/);
  expect(stdout).not.toContain('[declined]');
  expect(stdout).toMatch(/c\.ts:4:\d+ {2}it was not migrated: nobody was asked about it, .+ {2}\[unasked\]/);
});

/** A tree whose factory maps its failure, so that its callers go on calling it. */
const MAKE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export function make() {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('down', { cause });
  }
}
`;
const use = (file: string, ...texts: string[]) => {
  tree.remove();
  tree = createTree({ 'utils/agent-cache.ts': 'export {};\n', [file]: texts.join('\n') });
};

test('places of one file are asked about one by one, and one that is declined keeps its agent', async () => {
  use(
    'a.ts',
    "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';",
    'const build = () => new FacebookAdsAgent();',
    'export const first = async () => new FacebookAdsAgent().getCampaigns();',
    'export const second = async () => build().getCampaigns();',
    'export const third = async () => build().getCampaigns();',
    '',
  );
  const { code, stdout } = await answer('y\nn\ny\n');
  expect(code).toBe(1);
  expect(stdout.match(/^\+\+\+ b\//gm)).toHaveLength(1);
  expect(stdout).toContain(
    'Migrate a.ts:3:34 to await getFacebookAgent()? (1 of 3) [y]es, [n]o, [a]ll, [q]uit: ',
  );
  expect(stdout).toContain('Migrate a.ts:4:35 to await getFacebookAgent()? (2 of 3) ');
  expect(stdout).toMatch(/a\.ts:\d+:35 {2}it was not migrated, as answered {2}\[declined\]/);
  const text = tree.read('a.ts');
  expect(text).toContain('const build = () => new FacebookAdsAgent();');
  expect(text).toContain('first = async () => (await getFacebookAgent()).getCampaigns()');
  expect(text).toContain('second = async () => build().getCampaigns()');
  expect(text).toContain('third = async () => (await getFacebookAgent()).getCampaigns()');
});

deeply('q between two places of one file leaves the rest of them unasked', async () => {
  use(
    'a.ts',
    "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';",
    'export const first = async () => new FacebookAdsAgent().getCampaigns();',
    'export const second = async () => new FacebookAdsAgent().getCampaigns();',
    'export const third = async () => new FacebookAdsAgent().getCampaigns();',
    '',
  );
  const { code, stdout } = await answer('y\nq\n');
  expect(code).toBe(1);
  expect(tree.read('a.ts').match(/await getFacebookAgent\(\)/g)).toHaveLength(1);
  expect(stdout).not.toContain('[declined]');
  expect(stdout).toMatch(/a\.ts:\d+:35 {2}it was not migrated: .+ {2}\[unasked\]/);
  expect(stdout).toMatch(/a\.ts:\d+:34 {2}it was not migrated: nobody was asked about it/);
  expect(stdout).not.toContain('Answered with yes');
  expect(stdout).not.toContain('(3 of 3)');
});

test('nothing waits for a factory that stays since one of its callers does', async () => {
  const list = `import { make } from '../lib/make.js';

export const chained = (res, next) => {
  make().getCampaigns().then((all) => res.json(all)).catch(next);
};
export const awaited = async () => make().getCampaigns();
`;
  tree.remove();
  const files = { 'lib/make.ts': MAKE, 'routes/list.ts': list, 'utils/agent-cache.ts': 'export {};\n' };
  tree = createTree(files);
  const { code, stdout } = await answer('y\nn\ny\n');
  expect(code).toBe(1);
  expect(stdout).toMatch(/routes\/list\.ts:6:\d+ {2}it was not migrated, as answered/);
  expect(stdout).toMatch(/routes\/list\.ts:4:\d+ {2}The factory make that is called here stays as it is/);
  expect(stdout).toMatch(
    /\nAnswered with yes, and left all the same .*: lib\/make\.ts, routes\/list\.ts:4:3\n/,
  );
  expect([tree.read('lib/make.ts'), tree.read('routes/list.ts')]).toEqual([MAKE, list]);
});

deeply(
  'a caller that has nothing to wait for beside what was declined is told of, and not called migrated',
  async () => {
    const context = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export function open(id) {
  return { id, agent: new FacebookAdsAgent() };
}
`;
    const list = `import { open } from '../lib/context.js';

export const list = async () => {
  const { agent } = open('x');
  return await agent.getCampaigns();
};
`;
    tree.remove();
    tree = createTree({
      'lib/context.ts': context,
      'routes/list.ts': list,
      'utils/agent-cache.ts': 'export {};\n',
    });
    const { code, stdout } = await answer('y\nn\n');
    expect(code).toBe(1);
    expect(stdout).toContain('Migrate routes/list.ts? (1 of 2)');
    expect(stdout).toContain('since lib/context.ts, whose factory it calls, was not');
    expect(stdout).toContain('0 migrated, 0 migrated in part, 2 left as they were');
    expect([tree.read('lib/context.ts'), tree.read('routes/list.ts')]).toEqual([context, list]);
  },
);

deeply('callers stay with a factory that is declined after them', async () => {
  const list = `import { make } from '../lib/make.js';

export const chained = (res, next) => {
  make().getCampaigns().then((all) => res.json(all)).catch(next);
};
`;
  tree.remove();
  tree = createTree({ 'lib/make.ts': MAKE, 'routes/list.ts': list, 'utils/agent-cache.ts': 'export {};\n' });
  const { code, stdout } = await answer('y\nn\n');
  expect(code).toBe(1);
  expect(stdout).toContain(
    'it was not migrated, since lib/make.ts, whose factory it calls, was not  [factory-not-migrated]',
  );
  expect(stdout).toMatch(/lib\/make\.ts:5:\d+ {2}it was not migrated, as answered/);
  expect([tree.read('lib/make.ts'), tree.read('routes/list.ts')]).toEqual([MAKE, list]);
});

test('a factory is asked about after its callers, and is left with one that is', async () => {
  tree.remove();
  tree = createTree({
    'lib/make.ts': MAKE,
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

deeply('files that call each other are migrated together, or stay', async () => {
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
  expect(refused.stdout).toContain(
    'it was not migrated, since b.ts, which calls its factory, was not  [caller-not-migrated]',
  );
  expect([tree.read('a.ts'), tree.read('b.ts')]).toEqual(Object.values(texts));
  expect((await answer('y\ny\n')).code).toBe(0);
  expect(tree.read('a.ts')).toContain('(await getFacebookAgent()).getCampaigns()');
  expect(tree.read('b.ts')).toContain('getFacebookAgent as makeB');
});
