import { fileURLToPath } from 'node:url';
import { createTree, runCommand, runScript, type Tree } from '../support/trees.ts';

const bin = (name: string) => fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));

/** Shapes whose new code is longer than a line, or has parentheses and braces that formatters differ on. */
const ROUTES = `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export const router = Router();

router.get('/settled', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const results = await Promise.allSettled([agent.getCampaigns('ACTIVE'), agent.getCampaigns('PAUSED')]);
  res.json(results);
});

router.get('/campaigns/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();

  if (req.params.id === 'none') {
    res.status(404).end();
    return;
  }
  res.json(await agent.getCampaigns(req.params.id));
});

export const describeTheAccount = (_req: Request, res: Response, next: NextFunction): void => {
  const agent = new FacebookAdsAgent();
  res.json(agent.describe());
};
`;

const files = {
  'package.json': '{"type":"module","dependencies":{"express":"^5.0.0"}}',
  'src/agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent {}\n',
  'src/utils/agent-cache.ts':
    'export function getFacebookAgent() {}\nexport function getCachedAgentProvider() {}\n',
  'src/routes/campaigns.ts': ROUTES,
  'src/tasks/collect.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export function collect() {
  return new FacebookAdsAgent().getCampaigns('ACTIVE').then((campaigns) => campaigns.length);
}
`,
};

let tree: Tree;

afterEach(() => tree.remove());

describe.each([
  ['Prettier, one of its files', '.prettierrc', '{"printWidth": 90, "semi": false, "arrowParens": "avoid"}'],
  ['Prettier, package.json', 'package.json', '{"prettier": {"bracketSpacing": false, "tabWidth": 4}}'],
  ['an editor', '.editorconfig', '[*]\nindent_style = tab\nmax_line_length = 70\n'],
])('the settings of %s', (_name, file, settings) => {
  test('hold for what is written', async () => {
    tree = createTree({ ...files, [file]: settings });
    await runCommand(bin('prettier'), ['--write', 'src'], { cwd: tree.root });

    expect((await migrate()).code).toBe(0);

    expect(tree.read('src/routes/campaigns.ts')).not.toContain('new FacebookAdsAgent');
    const checked = await runCommand(bin('prettier'), ['--check', 'src'], { cwd: tree.root });
    expect(checked).toMatchObject({ code: 0 });
  });
});

test('the settings of Biome hold for what is written', async () => {
  const settings = {
    formatter: { lineWidth: 70 },
    javascript: { formatter: { arrowParentheses: 'asNeeded' } },
  };
  tree = createTree({ ...files, 'biome.json': JSON.stringify(settings) });
  await runCommand(bin('biome'), ['format', '--write', 'src'], { cwd: tree.root });

  expect((await migrate()).code).toBe(0);

  expect(tree.read('src/routes/campaigns.ts')).not.toContain('new FacebookAdsAgent');
  const checked = await runCommand(bin('biome'), ['format', 'src'], { cwd: tree.root });
  expect(checked).toMatchObject({ code: 0 });
});

test('a dry run shows the formatted text', async () => {
  tree = createTree({ ...files, '.prettierrc': '{"singleQuote": true, "printWidth": 110}' });

  const { stdout } = await migrate('--dry-run');

  expect(stdout).toContain('+    getFacebookAgent().then((agent) => agent.getCampaigns(');
});

test.each([
  ['was not formatted before', { '.prettierrc': '{"semi": false}' }],
  ['the formatter ignores', { '.prettierrc': '{"singleQuote": true}', '.prettierignore': 'src/routes\n' }],
  ['has settings that cannot be read', { '.prettierrc': '{"singleQuote":' }],
  ['has no settings', {}],
])('a file that %s keeps every line outside of the edits', async (_name, settings) => {
  const untouched = "router.get( '/odd' , async (_req, res) => { res.json( {odd : true} ) } )";
  tree = createTree({ ...files, ...settings, 'src/routes/campaigns.ts': `${ROUTES}\n${untouched}\n` });

  expect((await migrate()).code).toBe(0);

  const lines = tree.read('src/routes/campaigns.ts').split('\n');
  expect(lines).toContain(untouched);
  expect(lines).toContain("import { getFacebookAgent } from '../utils/agent-cache.js';");
});

async function migrate(...args: string[]) {
  return await runScript('scripts/codemod.ts', ['--force', ...args, 'src'], { cwd: tree.root });
}
