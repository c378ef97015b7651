import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measuredCommand } from './measured-command.ts';

const NODES = [20, 22, 24, 26];
const ROUNDS = 5;

const repository = fileURLToPath(new URL('../../', import.meta.url));
const start = promisify(execFile);

/** What the benchmark prints with `--json`. */
export interface PackageBench {
  tarballBytes: number;
  /** How many packages an installation adds. */
  packagesAdded: number;
  nodes: NodeBench[];
}

/** The package on one Node; `error` where that Node was not to be had, or something failed on it. */
export interface NodeBench {
  node: string;
  /** The CPU time of `--help` over that of `node -e 0`; medians. */
  helpTimes?: number;
  /** The same of `codemod --help`. */
  codemodHelpTimes?: number;
  /** Whether a tree was prepared, migrated and proven, and the library imported and required. */
  works?: boolean;
  error?: string;
}

/** Packs and installs the package, and uses it on each Node that it is promised for; npx brings them. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const bench = await measure();
  process.stdout.write(json ? `${JSON.stringify(bench, null, 2)}\n` : table(bench));
}

async function measure(): Promise<PackageBench> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-package-'));
  try {
    const { tarballBytes, packagesAdded } = await install(folder);
    const nodes: NodeBench[] = [];
    for (const version of NODES) nodes.push(await onNode(folder, version));
    return { tarballBytes, packagesAdded, nodes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function install(folder: string): Promise<{ tarballBytes: number; packagesAdded: number }> {
  const { stdout } = await start('npm', ['pack', '-w', 'codemods', '--json', '--pack-destination', folder], {
    cwd: repository,
  });
  const [packed] = Object.values(
    JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as Record<string, { filename: string; size: number }>,
  );
  if (packed === undefined) throw new Error('npm pack made nothing');
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const args = ['install', '--save-dev', '--no-audit', path.join(folder, packed.filename)];
  await start('npm', args, { cwd: folder });
  const { packages } = JSON.parse(
    readFileSync(path.join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  ) as { packages: Record<string, unknown> };
  return { tarballBytes: packed.size, packagesAdded: Object.keys(packages).length };
}

async function onNode(folder: string, version: number): Promise<NodeBench> {
  try {
    const found = await start('npx', ['-y', '-p', `node@${version}`, 'node', '-p', 'process.execPath'], {
      cwd: folder,
    });
    const program = found.stdout.trim();
    const { stdout } = await start(program, ['--version']);
    const tool = path.join(folder, 'node_modules/agent-cache-tools/dist/agent-cache.cjs');
    await useOn(program, tool, folder, version);
    const nothing = await medianCpu(program, ['-e', '0']);
    return {
      node: stdout.trim(),
      helpTimes: round((await medianCpu(program, [tool, '--help'])) / nothing),
      codemodHelpTimes: round((await medianCpu(program, [tool, 'codemod', '--help'])) / nothing),
      works: true,
    };
  } catch (error) {
    return {
      node: `${version}`,
      error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    };
  }
}

/** @throws Error where a step does not end as it should */
async function useOn(program: string, tool: string, folder: string, version: number): Promise<void> {
  const cwd = path.join(folder, `tree-${version}`);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
    writeFileSync(path.join(cwd, file), text);
  };
  write('package.json', '{ "type": "module", "dependencies": { "express": "^5.0.0" } }\n');
  write(
    'src/lib/ledger-client.js',
    'export class LedgerClient {\n  async list() {\n    return [];\n  }\n}\n',
  );
  write(
    'src/api/a.js',
    "import { LedgerClient } from '../lib/ledger-client.js';\n\nexport async function list() {\n  return await new LedgerClient().list();\n}\n",
  );
  for (const args of [['init', 'src'], ['codemod', 'src'], ['codemod', '--check', 'src'], ['checklist']])
    await start(program, [tool, ...args], { cwd });
  const use =
    'new CachedProvider({ create: async () => 7, ttl: 60 }).get().then((seven) => process.exit(seven - 7))';
  await start(
    program,
    ['--input-type=module', '-e', `import { CachedProvider } from 'agent-cache-tools'; ${use}`],
    { cwd },
  );
  await start(program, ['-e', `const { CachedProvider } = require('agent-cache-tools'); ${use}`], { cwd });
}

async function medianCpu(program: string, args: readonly string[]): Promise<number> {
  const seconds: number[] = [];
  for (let each = 0; each < ROUNDS; each++) seconds.push((await measuredCommand(program, args)).cpuS);
  return seconds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function table({ tarballBytes, packagesAdded, nodes }: PackageBench): string {
  const rows = nodes.map(({ node, helpTimes, codemodHelpTimes, error }) =>
    error === undefined
      ? `  ${node.padEnd(12)} works   --help ${helpTimes} × node -e 0, codemod --help ${codemodHelpTimes} ×\n`
      : `  ${node.padEnd(12)} ${error}\n`,
  );
  return `agent-cache-tools: ${(tarballBytes / 1e6).toFixed(2)} MB packed, ${packagesAdded} package added\n${rows.join('')}`;
}
