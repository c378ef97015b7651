import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkedTree } from './linked-trees.ts';
import { type Cost, measuredCommand } from './measured-command.ts';
import { type Memory, memoryLine, memoryOf } from './memory-of.ts';

const LARGE = { files: 5000, relevant: 250 };
const SMALL = { files: 1000, relevant: 50 };
const ROUNDS = 3;

const scripts = fileURLToPath(new URL('../', import.meta.url));

/** What the benchmark prints with `--json`. */
export interface ChecklistBench {
  files: number;
  items: number;
  pending: number;
  /** Median of three runs of `npm run checklist` as JSON, start-up included. */
  gate: Cost;
  /** The same for a dry run of the codemod over the tree, which is the gate's detector. */
  dryRun: Cost;
  /** The CPU time of the gate over that of the dry run. */
  timesDryRun: number;
  /** The memory of its process by the number of files. */
  memory: { at1000: Memory; at5000: Memory };
}

/** Measures the gate on the linked tree of the codemod's benchmark, with one task for each of its files. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-checklist-'));
  try {
    const bench = await measure(folder);
    process.stdout.write(json ? `${JSON.stringify(bench, null, 2)}\n` : table(bench));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<ChecklistBench> {
  const large = path.join(folder, 'large');
  const small = path.join(folder, 'small');
  const items = writeTree(large, LARGE);
  writeTree(small, SMALL);
  const gates: Cost[] = [];
  const dryRuns: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    gates.push(await costOfGate(large));
    dryRuns.push(await costOf('codemod', ['--dry-run', large]));
  }
  const [gate, dryRun] = [median(gates), median(dryRuns)];
  return {
    files: LARGE.files,
    items,
    pending: LARGE.relevant,
    gate,
    dryRun,
    timesDryRun: round(gate.cpuS / dryRun.cpuS),
    memory: {
      at1000: await memoryOf((env) => costOfGate(small, env), folder),
      at5000: await memoryOf((env) => costOfGate(large, env), folder),
    },
  };
}

/** @returns how many tasks its guide has: one for each file */
function writeTree(root: string, size: typeof LARGE): number {
  linkedTree(size.files, size.relevant).write(root);
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const tasks = files.map((file) => `- [ ] Migrate \`src/${file.split(path.sep).join('/')}\`\n`);
  writeFileSync(
    path.join(root, 'MIGRATION.md'),
    `# Migration\n\nEvery file of the service.\n\n${tasks.join('')}`,
  );
  return tasks.length;
}

function costOfGate(root: string, env?: NodeJS.ProcessEnv): Promise<Cost> {
  return costOf('checklist', ['--root', root, '--format', 'json'], env);
}

function costOf(tool: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Cost> {
  const command = [path.join(scripts, 'run.mjs'), tool, ...args];
  return measuredCommand(process.execPath, command, { accepted: [0, 1], env: env ?? process.env });
}

function median(costs: readonly Cost[]): Cost {
  const middle = [...costs].sort((a, b) => a.wallS - b.wallS)[Math.floor(costs.length / 2)];
  if (middle === undefined) throw new RangeError('there is nothing to take the median of');
  return { cpuS: round(middle.cpuS), wallS: round(middle.wallS) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function table({ files, items, pending, gate, dryRun, timesDryRun, memory }: ChecklistBench): string {
  const row = (name: string, { cpuS, wallS }: Cost) =>
    `  ${name.padEnd(24)} ${cpuS.toFixed(2).padStart(7)} ${wallS.toFixed(2).padStart(7)}\n`;
  return `${items} tasks over ${files} files, ${pending} of them pending
  ${'seconds'.padEnd(24)} ${'CPU'.padStart(7)} ${'wall'.padStart(7)}
${row('the checklist', gate)}${row('codemod, dry run', dryRun)}
  ${timesDryRun} times the CPU of the dry run
${memoryLine(memory)}`;
}
