import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Proof } from '../../scripts/prove/prove-tree.ts';
import { runProve } from '../../scripts/prove/run-prove.ts';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const PROVE = fileURLToPath(new URL('../../scripts/prove.ts', import.meta.url));
const OPTIONS = ['--agent-class', 'LedgerClient', '--agent-module', 'clients/ledger-client'];

const prove = (args: string[], cwd: string) =>
  runCommand(process.execPath, ['--import', import.meta.resolve('tsx'), PROVE, ...args], { cwd });

const FILES = {
  'package.json': '{ "name": "ledger", "type": "module", "dependencies": { "express": "^5.1.0" } }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] }, "include": ["src"] }\n',
  'src/clients/ledger-client.ts': `export class LedgerClient {
  async entries(): Promise<string[]> { return []; }
}
`,
  'src/entries.ts': `import { LedgerClient } from './clients/ledger-client.js';

export async function entries(): Promise<string[]> {
  const client = new LedgerClient();
  return await client.entries();
}

export function first(): Promise<string[]> {
  return new LedgerClient().entries();
}

export const kept = new LedgerClient();
`,
  // What the tree's own tests say: one of them is about the text that the codemod rewrites.
  'check.mjs': `import { readFileSync } from 'node:fs';
const text = readFileSync('src/entries.ts', 'utf8');
console.log(text.includes('entries()') ? 'ok 1 - has entries' : 'not ok 1 - has entries');
console.log(text.includes('client = new') ? 'ok 2 - builds a client' : 'not ok 2 - builds a client');
`,
};

const CACHE_OF_ANOTHER_TYPE = `import { LedgerClient } from '../clients/ledger-client.js';
interface Narrow { close?: true }
let shared: Promise<Narrow> | undefined;
async function create(): Promise<Narrow> { return new LedgerClient() as Narrow; }
export function getLedgerClient(): Promise<Narrow> { return (shared ??= create()); }
`;

let tree: Tree;
beforeEach(() => {
  tree = createTree(FILES);
});
afterEach(() => tree.remove());

const proofOf = (stdout: string) => JSON.parse(stdout) as Proof;

test('a folder is migrated in a copy, and every construction is accounted for', async () => {
  const { code, stdout, stderr } = await prove(['.', ...OPTIONS, '--json', 'src'], tree.root);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const proof = proofOf(stdout);
  expect(proof).toMatchObject({
    ok: true,
    files: 2,
    express: 5,
    agentClass: 'LedgerClient',
    counts: { constructions: 3, migrated: 2, left: 1, reasons: { 'kept-from-load': 1 }, notSeen: [] },
    types: { parts: ['tsconfig.json'], before: 0, after: 0, added: [] },
    broken: [],
    changedAgain: [],
  });
  expect(proof.places.map(({ path: file, line, action }) => `${file}:${line} ${action}`)).toEqual([
    'src/entries.ts:4 rewired',
    'src/entries.ts:9 rewired',
    'src/entries.ts:12 manual',
  ]);
  expect(tree.read('src/entries.ts')).toBe(FILES['src/entries.ts']);
  expect(existsSync(tree.path('src/utils'))).toBe(false);
});

test('the newest commit of a git directory is tried, and what a test says after that is told', async () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: tree.root, stdio: 'pipe' });
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.invalid', 'commit', '-qm', 'one');
  tree.write('src/entries.ts', '');
  const asked = ['.git', '--test', 'node check.mjs', ...OPTIONS, '--keep', 'src'];
  const { code, stdout, stderr } = await prove(asked, tree.root);
  expect(code).toBe(1);
  expect(stdout).toContain('3 constructions of LedgerClient: 2 migrated, 1 left, 0 not seen');
  expect(stdout).toContain('tests: 2 before, 2 after, 1 changed\n  builds a client: passed, then failed\n');
  expect(stdout).toContain('Something went wrong.\n');
  const [, copy = ''] = /the copy is (.+)/.exec(stderr) ?? [];
  expect(existsSync(path.join(copy, 'src/utils/agent-cache.ts'))).toBe(true);
  rmSync(path.dirname(copy), { recursive: true });
});

test('new type errors and constructions of which the codemod says nothing end with 1', async () => {
  tree.write('src/utils/agent-cache.ts', CACHE_OF_ANOTHER_TYPE);
  tree.write(
    'src/other.ts',
    `class LedgerClient {}\nexport const other = () => new LedgerClient();\nexport const name = 'ledger';\n`,
  );
  const { code, stdout } = await prove(['.', ...OPTIONS, '--json', 'src'], tree.root);
  expect(proofOf(stdout)).toMatchObject({
    ok: false,
    counts: { notSeen: ['src/other.ts:2'] },
    types: {
      before: 0,
      added: [
        {
          file: 'src/entries.ts',
          code: 2339,
          message: "Property 'entries' does not exist on type 'Narrow'.",
        },
      ],
    },
  });
  expect(code).toBe(1);
});

test('the codemod of another checkout is run in the place of ours, whatever its report lacks', async () => {
  const checkout = createTree({
    'scripts/run.mjs': `import { writeFileSync } from 'node:fs';
const at = process.argv.indexOf('--report');
if (at > 0) writeFileSync(process.argv[at + 1], JSON.stringify({ files: [] }));
`,
  });
  try {
    const asked = ['.', '--tools', checkout.root, ...OPTIONS, '--json', 'src'];
    const { code, stdout } = await prove(asked, tree.root);
    expect(proofOf(stdout)).toMatchObject({ counts: { constructions: 3, migrated: 0 }, assumptions: [] });
    expect(code).toBe(1);
  } finally {
    checkout.remove();
  }
});

test.each([
  [[], 'prove: no repository: name a folder, or the git directory of a repository, first'],
  [['no-such', ...OPTIONS], 'prove: no-such: there is no such folder'],
  [['.', '--no-such'], "prove: unknown option '--no-such'; --help lists the options"],
  [['.', '--test'], 'prove: --test wants a command'],
  [['.', '--tools'], 'prove: --tools wants a folder'],
  [['.', '--tools', '/no/such', ...OPTIONS], 'prove: --tools /no/such: that is no checkout of this project'],
  [
    ['.', '--dry-run'],
    'prove: --dry-run is not for here: the codemod writes into the copy, and into a report of its own',
  ],
  [['.', ...OPTIONS, 'no/such'], 'prove: no/such: there is no such path in the repository'],
])('%j is refused in one line', async (args, line) => {
  const said: string[] = [];
  const stderr = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(await runProve(args.map((each) => (each === '.' ? tree.root : each)))).toBe(2);
  } finally {
    stderr.mockRestore();
  }
  expect(said.join('')).toBe(`${line}\n`);
});

test('a signal ends what runs in the copy as well, and takes the copy away', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // It stays until it is ended, behind a shell.
    const staying = `node -e "require('net').connect(${port}, '127.0.0.1').write(process.cwd())" && true`;
    const args = ['--import', import.meta.resolve('tsx'), PROVE, '.', '--test', staying, ...OPTIONS, 'src'];
    const child = spawn(process.execPath, args, { cwd: tree.root, stdio: 'ignore' });
    const ended = once(child, 'close');
    const [socket] = (await once(server, 'connection')) as [Socket];
    const [copy] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    expect(existsSync(copy)).toBe(true);
    const gone = once(
      socket.on('error', () => {}),
      'close',
    );
    child.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
    await gone;
    expect(existsSync(path.dirname(copy))).toBe(false);
  } finally {
    server.close();
  }
});
