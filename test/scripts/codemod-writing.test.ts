import { deeply, someOf } from '../support/depth.ts';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createTree, type Ended, runCommand, runScript, type Tree } from '../support/trees.ts';

/** Code that builds an agent in a route, as it is before. */
const route = (name: string) => `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export async function ${name}() {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
}
`;

const MANUAL = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

const agent = new FacebookAdsAgent();

export const campaigns = () => agent.getCampaigns();
`;

/** The schema that a team is given. */
const REPORT_SCHEMA = JSON.parse(
  readFileSync(new URL('../../docs/codemod-report.schema.json', import.meta.url), 'utf8'),
);

interface Report {
  files: {
    path: string;
    status: string;
    occurrences: { line: number; column: number; action: string; id?: string; reason?: string }[];
  }[];
  summary: Record<string, number>;
}

const codemod = (args: string[], cwd: string, env = {}) =>
  runScript('scripts/codemod.ts', args, { cwd, env });

/** The parts of a service that the codemod never touches. */
const GROUND = {
  'package.json': '{"type":"module","dependencies":{"express":"^5.0.0"}}\n',
  'src/agents/facebook-ads-agent.ts':
    'export class FacebookAdsAgent {\n  async getCampaigns(): Promise<string[]> {\n    return [];\n  }\n}\n',
  'src/utils/agent-cache.ts': 'export {};\n',
  'src/api/plain.ts': 'export const plain = 1;\n',
};

describe('a run over a tree where much is in the way', () => {
  let tree: Tree;
  let outside: Tree;
  let ended: Ended;
  let report: Report;
  const before: Record<string, Buffer> = {};
  const untouched = [
    'src/api/broken.ts',
    'src/api/deep.ts',
    'src/api/read-only.ts',
    'src/api/bytes.ts',
    'src/api/plain.ts',
    'src/api/own.ts',
  ];

  beforeAll(async () => {
    outside = createTree({ 'real.ts': route('linked'), 'folder/there.ts': route('there') });
    tree = createTree({
      ...GROUND,
      'src/api/a.ts': route('a'),
      'src/api/broken.ts': `${route('broken')}const = 1;\n`,
      'src/api/bytes.ts': Buffer.concat([Buffer.from(route('bytes')), Buffer.from([0xff, 0xfe, 0x00])]),
      'src/api/crlf.ts': `\uFEFF${route('crlf').replaceAll('\n', '\r\n')}`,
      // Deeper than the parser's stack: the codemod itself fails on it.
      'src/api/deep.ts': `${route('deep')}export const nested = ${'['.repeat(20_000)}${']'.repeat(20_000)};\n`,
      'src/api/executable.ts': `#!/usr/bin/env tsx\n${route('executable')}`,
      'src/api/own.ts': MANUAL,
      'src/api/read-only.ts': route('readOnly'),
      'src/api/z.ts': route('z'),
    });
    chmodSync(tree.path('src/api/executable.ts'), 0o755);
    chmodSync(tree.path('src/api/read-only.ts'), 0o444);
    symlinkSync(outside.path('real.ts'), tree.path('src/api/linked.ts'));
    symlinkSync(outside.path('folder'), tree.path('src/api/outside'));
    symlinkSync(tree.path('src'), tree.path('src/api/loop'));
    symlinkSync('nowhere.ts', tree.path('src/api/dangling.ts'));
    for (const file of untouched) before[file] = tree.bytes(file);
    ended = await codemod(['--report', 'report.json', 'src'], tree.root);
    report = JSON.parse(tree.read('report.json'));
  });
  afterAll(() => {
    tree.remove();
    outside.remove();
  });

  const statusOf = (file: string) => report.files.find(({ path }) => path === file)?.status;

  test('every other file is migrated, and the faults make the exit code 2', () => {
    expect(ended.code).toBe(2);
    for (const file of ['a', 'crlf', 'executable', 'z']) {
      expect(tree.read(`src/api/${file}.ts`)).toContain('const agent = await getFacebookAgent();');
      expect(statusOf(`src/api/${file}.ts`)).toBe('migrated');
    }
  });

  test('a file that does not parse stays as it was and is named with its place', () => {
    expect(ended.stderr).toMatch(/^src\/api\/broken\.ts:7:7: .+$/m);
    expect(statusOf('src/api/broken.ts')).toBe('error');
  });

  test('a file that the codemod itself fails on stays as it was, is named, and stops nothing', () => {
    expect(ended.stderr).toMatch(/^src\/api\/deep\.ts:1:1: Maximum call stack/m);
    expect(statusOf('src/api/deep.ts')).toBe('error');
  });

  test('a file whose bytes are no text is named', () => {
    expect(ended.stderr).toMatch(/^src\/api\/bytes\.ts:1:1: It is not text in UTF-8$/m);
  });

  test('a read-only file stays as it was and is named', () => {
    expect(ended.stderr).toMatch(/^src\/api\/read-only\.ts:\d+:\d+: not written: it is read-only/m);
    expect(statusOf('src/api/read-only.ts')).toBe('error');
    expect(statSync(tree.path('src/api/read-only.ts')).mode & 0o777).toBe(0o444);
  });

  test('the report names the rule behind each of them', () => {
    const idsOf = (name: string) =>
      report.files.find(({ path }) => path === `src/api/${name}.ts`)?.occurrences.map(({ id }) => id);
    for (const file of ['broken', 'deep', 'bytes']) expect(idsOf(file)).toEqual(['unreadable-file']);
    expect(idsOf('read-only')).toContain('not-written');
  });

  test('no byte of what was left has changed', () => {
    for (const file of untouched) expect(tree.bytes(file).equals(before[file] ?? Buffer.from(''))).toBe(true);
  });

  test('the mode, the BOM and the line endings stay', () => {
    expect(statSync(tree.path('src/api/executable.ts')).mode & 0o777).toBe(0o755);
    const crlf = tree.read('src/api/crlf.ts');
    expect(crlf.startsWith('\uFEFFimport ')).toBe(true);
    expect(crlf.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('a link stays a link, and no linked folder is walked', () => {
    expect(lstatSync(tree.path('src/api/linked.ts')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(tree.path('src/api/linked.ts'))).toBe(outside.path('real.ts'));
    expect(outside.read('folder/there.ts')).toBe(route('there'));
    expect(report.files.filter(({ path }) => path.includes('/loop/'))).toEqual([]);
  });

  test('what is left for a person is printed with its place, reason and hint', () => {
    expect(ended.stdout).toMatch(/^ {2}src\/api\/own\.ts:3:15 {2}.+ {2}\[[\w-]+\]\n {4}hint: .+$/m);
  });

  test('the report is what is documented, to the letter', () => {
    const validate = new Ajv2020({ allErrors: true }).compile(REPORT_SCHEMA);
    validate(report);
    expect(validate.errors).toBeNull();
    const count = (status: string) => report.files.filter((file) => file.status === status).length;
    expect(report.summary).toMatchObject({
      migrated: count('migrated'),
      partial: count('partial'),
      manual: count('manual'),
      errors: count('error'),
    });
    expect(report.summary.migrated).toBeGreaterThanOrEqual(4);
    expect(report.files.every(({ path }) => path !== 'src/api/plain.ts')).toBe(true);
  });

  test('no temporary file stays behind', () => {
    expect(tree.list().filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test('a second run finds nothing to write', async () => {
    const written = tree.bytes('src/api/a.ts');
    const { stdout } = await codemod(['--dry-run', 'src/api/a.ts', 'src/api/crlf.ts'], tree.root);
    expect(stdout).not.toContain('@@');
    expect(stdout).toContain('Nothing to do.\nNo file names FacebookAdsAgent or agents/facebook-ads-agent');
    expect(tree.bytes('src/api/a.ts')).toEqual(written);
  });
});

test('a file that is named and does not parse is told of, whether or not it names an agent', async () => {
  const tree = createTree({ 'a.ts': 'export const a = 1;\n', 'b.js': 'const = 1;\n' });
  const { code, stderr } = await codemod(['--dry-run', 'a.ts', 'b.js'], tree.root);
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'b.js:1:7: Unexpected token\n' });
  tree.remove();
});

describe('a dry run', () => {
  let tree: Tree;
  beforeAll(() => {
    tree = createTree({ ...GROUND, 'src/api/a.ts': route('a'), 'src/api/own.ts': MANUAL });
    linkSync(tree.path('src/api/plain.ts'), tree.path('src/api/plain-too.ts'));
    mkdirSync(tree.path('out'));
  });
  afterAll(() => tree.remove());

  test('prints a diff that git applies, writes the report and nothing else, and ends as the run would', async () => {
    const files = tree.list();
    const { code, stdout, stderr } = await codemod(['-d', '--report', 'out/report.json', 'src'], tree.root);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(tree.list()).toEqual([...files, 'out/report.json'].sort());
    expect(tree.read('src/api/a.ts')).toBe(route('a'));
    expect(stdout).toContain('--- a/src/api/a.ts\n+++ b/src/api/a.ts\n@@ ');
    expect(stdout).toContain(
      '-  const agent = new FacebookAdsAgent();\n+  const agent = await getFacebookAgent();\n',
    );
    const check = await runCommand('git', ['apply', '--check', '-'], { cwd: tree.root, input: stdout });
    expect(check).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(stdout).toContain(
      '6 files scanned, 1 to migrate, 0 to migrate in part, 1 left as they were, 4 with nothing to do, 0 errors\n',
    );
    expect(stdout).toContain('Nothing was written');
    expect(JSON.parse(tree.read('out/report.json')).summary).toMatchObject({
      migrated: 1,
      manual: 1,
      errors: 0,
    });
  });

  test.each(
    someOf([
      ['FORCE_COLOR', { FORCE_COLOR: '1' }, true],
      ['NO_COLOR', { NO_COLOR: '1' }, false],
      ['a pipe', {}, false],
    ]),
  )('under %s has colours: %#', async (_, env, coloured) => {
    const { stdout } = await codemod(['-d', 'src/api/a.ts'], tree.root, env);
    expect(stdout.includes('\u001B[32m+  const agent = await getFacebookAgent();\u001B[39m')).toBe(coloured);
    expect(stdout.includes('\u001B[')).toBe(coloured);
  });
});

deeply('a declaration that was moved is told of', async () => {
  const tree = createTree({
    ...GROUND,
    'src/api/moved.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export async function one(id) {
  const agent = new FacebookAdsAgent();
  if (!id) throw new Error('id');
  return agent.getCampaign(id);
}

export const all = async () => new FacebookAdsAgent().getCampaigns();
`,
  });
  const { stdout } = await codemod(['src'], tree.root);
  expect(stdout).toMatch(
    /^migrated +src\/api\/moved\.ts {2}2 rewired \(1 moved to the agent's first call\)$/m,
  );
  tree.remove();
});

test('what is left in a file that was written is printed where it is now, and reported where it was', async () => {
  const tree = createTree({
    ...GROUND,
    'src/api/part.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

const make = () => new FacebookAdsAgent();

export const list = async () => make().getCampaigns();

export const own = new FacebookAdsAgent();

function logged() {
  console.log('one more');
  return new FacebookAdsAgent();
}

export const log = async () => logged().getCampaigns();

async function attach(req) {
  req.agent = new FacebookAdsAgent();
}

export function prepare(req, res, next) {
  attach(req);
  next();
}
`,
    'src/lib/shared.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export const makeShared = () => new FacebookAdsAgent();
`,
    'src/lib/uses.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { makeShared } from './shared.js';

const make = () => new FacebookAdsAgent();

export const list = async () => make().getCampaigns();

export const shared = makeShared();
`,
  });
  const { stdout, code } = await codemod(['--report', 'report.json', 'src'], tree.root);
  expect(code).toBe(1);
  expect(stdout).toContain('src/api/part.ts:6:20  ');
  expect(stdout).toContain(
    'src/api/part.ts:10:10  The function returns the agent and does more than build it, on line 9.',
  );
  expect(stdout).toContain('a call of it (line 20) goes on without waiting');
  expect(stdout).toContain('The factory makeShared is also used on line 6 of src/lib/uses.ts,');
  expect(tree.read('src/lib/uses.ts').split('\n')[5]).toBe('export const shared = makeShared();');
  expect(tree.read('src/api/part.ts').split('\n')[5]).toBe('export const own = new FacebookAdsAgent();');
  const { files } = JSON.parse(tree.read('report.json')) as Report;
  const left = files.flatMap(({ occurrences }) => occurrences.filter(({ action }) => action === 'manual'));
  expect(left.map(({ line }) => line)).toEqual([7, 11, 17, 3, 8]);
  expect(left[1]?.reason).toContain('on line 10.');
  expect(left[3]?.reason).toContain('on line 8 of src/lib/uses.ts,');
  tree.remove();
});
