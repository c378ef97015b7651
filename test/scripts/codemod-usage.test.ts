import { someOf } from '../support/depth.ts';
import { readFileSync } from 'node:fs';
import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { configJsonSchema } from '../../scripts/codemod/config-schema.ts';
import { runTool } from '../support/run-tool.ts';
import { createTree, type Tree } from '../support/trees.ts';

const LEGACY = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export async function campaigns() {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
}
`;

const codemod = (args: string[], cwd: string) => runTool('codemod', args, cwd);

describe('a wrong call', () => {
  let tree: Tree;
  beforeAll(() => {
    tree = createTree({
      'src/campaigns.ts': LEGACY,
      'src/utils/agent-cache.ts': 'export {};\n',
      'wrong.json': '{ "agentClas": "X", "taskTtl": "soon" }',
      'broken.json': '{',
    });
  });
  afterAll(() => tree.remove());

  test.each(
    someOf([
      ['without a path', [], /^codemod: no path: name the files/],
      [
        'with an unknown flag',
        ['--dryrun', 'src'],
        /^codemod: unknown option '--dryrun' \(Did you mean --dry-run\?\)/,
      ],
      [
        'with a format of the checklist',
        ['--format', 'sarif', 'src'],
        /^codemod: unknown option '--format': --report FILE writes a report.*SARIF and JUnit are formats of .*checklist/,
      ],
      [
        'with an option of the checklist',
        ['--baseline', 'b.json', 'src'],
        /^codemod: unknown option '--baseline': it is one of .*checklist/,
      ],
      ['on a path that does not exist', ['src', 'srv'], /^codemod: srv: there is no such file or folder/],
      ['reporting into no folder', ['--report', 'out/report.json', 'src'], /^codemod: .*create it first/],
      [
        'with a configuration that is not there',
        ['--config', 'none.json', 'src'],
        /^codemod: none\.json cannot be read/,
      ],
      [
        'with a configuration that is not JSON',
        ['--config', 'broken.json', 'src'],
        /^codemod: broken\.json is not JSON/,
      ],
      [
        'with a configuration of other keys',
        ['--config', 'wrong.json', 'src'],
        /^codemod: wrong\.json: (?=.*taskTtl)(?=.*agentClas)/,
      ],
    ]),
  )('%s ends with 2 and one line, and writes nothing', async (_, args, reason) => {
    const { code, stdout, stderr } = await codemod(args, tree.root);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(tree.read('src/campaigns.ts')).toBe(LEGACY);
  });
});

test.each(
  someOf([
    ['an empty path', ['src', ''], 'a path is empty'],
    [
      'a flag in place of a name',
      ['--report', '-d', 'src'],
      "argument '-d' is invalid. A name has to come before",
    ],
    ['a flag that lacks its value', ['src', '--report'], "option '--report <file>' argument missing"],
    ['a TTL that is no number', ['--task-ttl', 'soon', 'src'], 'whole number of seconds'],
    ['a TTL of nothing', ['--task-ttl', '0', 'src'], 'whole number of seconds, from 1 to 999999999'],
    ['a class that is no name', ['--agent-class', 'a b', 'src'], 'JavaScript name'],
    ['a flag and its opposite', ['--mark', '--no-mark', 'src'], 'contradict each other'],
    ['an opposite and its flag', ['--no-mark', 'src', '--mark'], 'contradict each other'],
    ['a dry run that asks', ['--dry-run', '--interactive', 'src'], 'leave one of them out'],
    ['a word of the language as a name', ['--factory', 'delete', 'src'], 'JavaScript name'],
    ['a new cache module with a report', ['--init', 'src', '--report', 'r.json'], '--init takes no'],
    ['a new cache module and a migration at once', ['--init', 'src', 'src'], '--init takes one folder'],
  ]),
)('%s is refused', (_, args, reason) => {
  expect(() => parseArguments(args)).toThrow(reason);
});

test('what is not asked for is left to the configuration', () => {
  expect(parseArguments(['src'])).toEqual({
    paths: ['src'],
    check: false,
    dryRun: false,
    force: false,
    interactive: false,
    flags: {},
  });
  expect(parseArguments(['--no-mark', 'src'])).toMatchObject({ flags: { mark: false } });
  expect(parseArguments(['--mark', '-d', '--', '-x.ts'])).toMatchObject({ dryRun: true, paths: ['-x.ts'] });
});

describe('a call that is likely to be a mistake', () => {
  let tree: Tree;
  beforeAll(() => {
    tree = createTree({
      'src/campaigns.ts': LEGACY,
      'src/jobs/nightly.ts': LEGACY.replace('./agents', '../agents'),
      'src/utils/agent-cache.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\nexport const getFacebookAgent = async () => new FacebookAdsAgent();\nexport const getCachedAgentProvider = () => ({ getAgent: getFacebookAgent });\n",
      'src/done/list.ts': 'export const list = [];\n',
    });
  });
  afterAll(() => tree.remove());

  test('is told of when no file is of the tasks that it names', async () => {
    const run = async (glob: string) => codemod(['--dry-run', '--tasks', glob, 'src'], tree.root);
    const wrong = await run('src/jobz/**');
    expect(wrong).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^codemod: --tasks src\/jobz\/\*\*: .*\n$/),
    });
    const right = await run('src/jobs/**');
    expect(right).toMatchObject({ code: 0, stderr: '' });
    expect(right.stdout).toContain('getCachedAgentProvider');
  });

  test('ends with 2 when the class or the cache module is not to be found', async () => {
    const wrong = await codemod(['--agent-class', 'FacebokAdsAgent', 'src'], tree.root);
    expect(wrong).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('No class FacebokAdsAgent was found in src'),
    });
    const alone = createTree({
      'a.ts': 'export class FacebookAdsAgent {}\n',
      'b.ts': '// FacebookAdsAgent\nexport const b = 1;\n',
    });
    const uncached = await codemod(['--dry-run', 'a.ts'], alone.root);
    expect(uncached.code).toBe(2);
    expect(uncached.stdout).toContain('No cache module utils/agent-cache was found in a.ts');
    const mentioned = await codemod(['--dry-run', 'b.ts'], alone.root);
    alone.remove();
    expect(mentioned.stdout).toContain('No class FacebookAdsAgent was found in b.ts');
    for (const { stdout } of [wrong, uncached, mentioned])
      expect(stdout).not.toMatch(/nothing to do|perhaps/i);
    const found = await codemod(['--dry-run', 'src'], tree.root);
    expect(found.stdout).not.toContain('--agent-class');
  });

  test('has nothing to do in a part of a tree that is migrated', async () => {
    const { code, stdout } = await codemod(['--dry-run', 'src/done'], tree.root);
    expect({ code, isTold: stdout.includes('Nothing to do.') }).toEqual({ code: 0, isTold: true });
  });
});

test('--help shows every flag, examples and the exit codes', async () => {
  const { code, stdout, stderr } = await codemod(['--help'], '/');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const flags =
    '--dry-run --force --interactive --report --agent-class --agent-module --cache-module --factory';
  for (const flag of `${flags} --provider --tasks --task-ttl --mark --config --init --version --help`.split(
    ' ',
  )) {
    expect(stdout).toContain(flag);
  }
  expect(stdout).toContain('Examples:');
  expect(stdout).toContain('Exit codes:');
});

test('the committed schema of the configuration file is the one that is checked', () => {
  const committed = readFileSync(
    new URL('../../docs/agent-cache.config.schema.json', import.meta.url),
    'utf8',
  );
  expect(JSON.parse(committed)).toEqual(JSON.parse(configJsonSchema()));
});
