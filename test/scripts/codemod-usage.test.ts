import { readFileSync } from 'node:fs';
import { configJsonSchema } from '../../scripts/codemod/config-schema.ts';
import { createTree, runScript, type Tree } from '../support/trees.ts';

const LEGACY = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export async function campaigns() {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
}
`;

const codemod = (args: string[], cwd: string) => runScript('scripts/codemod.ts', args, { cwd });

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

  test.each([
    ['without a path', [], /^codemod: no path: name the files/],
    ['with an empty path', ['src', ''], /^codemod: a path is empty/],
    [
      'with an unknown flag',
      ['--dryrun', 'src'],
      /^codemod: unknown option '--dryrun' \(Did you mean --dry-run\?\)/,
    ],
    [
      'with a flag that lacks its value',
      ['src', '--report'],
      /^codemod: option '--report <file>' argument missing/,
    ],
    ['with a TTL that is no number', ['--task-ttl', 'soon', 'src'], /^codemod: .*whole number of seconds/],
    ['with a class that is no name', ['--agent-class', 'a b', 'src'], /^codemod: .*JavaScript name/],
    ['on a path that does not exist', ['src', 'srv'], /^codemod: srv: there is no such file or folder/],
    ['asking about a dry run', ['--dry-run', '--interactive', 'src'], /^codemod: .*leave one of them out/],
    [
      'reporting into a folder that is not there',
      ['--report', 'out/report.json', 'src'],
      /^codemod: .*create it first/,
    ],
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
    [
      'starting a cache module and migrating at once',
      ['--init', 'src', 'src'],
      /^codemod: --init takes one folder/,
    ],
  ])('%s ends with 2 and one line, and writes nothing', async (_, args, reason) => {
    const { code, stdout, stderr } = await codemod(args, tree.root);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(tree.read('src/campaigns.ts')).toBe(LEGACY);
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
  expect(committed).toBe(configJsonSchema());
});
