import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeServiceTree } from './codemod-tree.ts';
import { costOfTrees, type TreeCost, treesTable } from './codemod-trees.ts';
import { type Cost, measuredCommand } from './measured-command.ts';
import { type Memory, memoryLine, memoryOf } from './memory-of.ts';

const FILES = 5000;
const RELEVANT = 250;
const SMALL = { files: 1000, relevant: 50 };
const ROUNDS = 3;

/** Another checkout of the codemod to measure beside this one, with its dependencies installed. */
const { BASELINE } = process.env;

const repository = fileURLToPath(new URL('../../', import.meta.url));
const inRepository = (...parts: string[]) => path.join(repository, ...parts);

/** What the benchmark prints with `--json`. */
export interface CodemodBench {
  files: number;
  relevant: number;
  lines: number;
  /** Median of three writing runs of `npm run codemod`, start-up included (npm's own aside). */
  ours: Cost;
  /** The same transform as plain jscodeshift writes it: every file parsed by recast, dry, one process. */
  jscodeshift: Cost;
  /** jscodeshift's runner with our transform as it is, which looks at the text before it parses. */
  jscodeshiftPrefiltered: Cost;
  /** Median of three searches of `new FacebookAdsAgent($$$)`, which finds and rewrites nothing. */
  astGrep: Cost;
  /** Our CPU time over that of ast-grep. */
  timesAstGrep: number;
  /** The CPU time of plain jscodeshift over ours. */
  timesUnderJscodeshift: number;
  /** The memory of our process by the number of files. */
  memory: { at1000: Memory; at5000: Memory };
  /** Dry runs on trees whose files are linked to each other. */
  trees: TreeCost[];
}

/** Measures the codemod on a generated service against plain jscodeshift and ast-grep, all in this one run. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-codemod-'));
  try {
    const bench = await measure(folder);
    process.stdout.write(json ? `${JSON.stringify(bench, null, 2)}\n` : table(bench));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<CodemodBench> {
  const tree = path.join(folder, 'tree');
  const small = path.join(folder, 'small');
  const lines = writeServiceTree(tree, { files: FILES, relevant: RELEVANT });
  writeServiceTree(small, SMALL);
  const at1000 = await memoryOf((env) => costOfOurs(small, folder, env), folder);
  const ours: Cost[] = [];
  const astGrep: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await costOfOurs(tree, folder));
    astGrep.push(await costOfAstGrep(tree));
  }
  const at5000 = await memoryOf((env) => costOfOurs(tree, folder, env), folder);
  const jscodeshiftPrefiltered = await costOfJscodeshift(
    tree,
    inRepository('codemods/agent-cache/transform.ts'),
  );
  const jscodeshift = await costOfJscodeshift(
    tree,
    inRepository('scripts/bench/plain-jscodeshift-transform.ts'),
  );
  const [oursMedian, astGrepMedian] = [median(ours), median(astGrep)];
  return {
    files: FILES,
    relevant: RELEVANT,
    lines,
    ours: oursMedian,
    jscodeshift,
    jscodeshiftPrefiltered,
    astGrep: astGrepMedian,
    timesAstGrep: round(oursMedian.cpuS / astGrepMedian.cpuS),
    timesUnderJscodeshift: round(jscodeshift.cpuS / oursMedian.cpuS),
    memory: { at1000, at5000 },
    trees: await costOfTrees(folder, {
      ours: (linked) => cpuOfDryRun(repository, linked),
      baseline: BASELINE === undefined ? undefined : (linked) => cpuOfBaseline(BASELINE, linked),
      astGrep: async (linked) => (await costOfAstGrep(linked)).cpuS,
    }),
  };
}

/** A dry run of a checkout of the codemod, in CPU seconds; it may end with places that are left. */
async function cpuOfDryRun(checkout: string, tree: string): Promise<number> {
  const args = [path.join(checkout, 'scripts/run.mjs'), 'codemod', '--dry-run', tree];
  return round((await measuredCommand(process.execPath, args, { accepted: [0, 1] })).cpuS);
}

/** The same of another checkout; undefined where that takes more than two minutes. */
async function cpuOfBaseline(checkout: string, tree: string): Promise<number | undefined> {
  const run = [process.execPath, path.join(checkout, 'scripts/run.mjs'), 'codemod', '--dry-run', tree];
  try {
    return round((await measuredCommand('timeout', ['120', ...run], { accepted: [0, 1] })).cpuS);
  } catch {
    return undefined;
  }
}

/** A writing run on a copy of the tree, so that every round has the same work. */
async function costOfOurs(tree: string, folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Cost> {
  const copy = path.join(folder, 'copy');
  cpSync(tree, copy, { recursive: true });
  try {
    const args = [inRepository('scripts/run.mjs'), 'codemod', '--force', copy];
    return await measuredCommand(process.execPath, args, { env });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function costOfAstGrep(tree: string): Promise<Cost> {
  const args = ['run', '--pattern', 'new FacebookAdsAgent($$$)', '--lang', 'ts', tree];
  return await measuredCommand(inRepository('node_modules/.bin/ast-grep'), args);
}

/** In one process: its workers would outlive the count of their CPU time, and cost more. */
async function costOfJscodeshift(tree: string, transform: string): Promise<Cost> {
  const jscodeshift = inRepository('node_modules/jscodeshift/bin/jscodeshift.js');
  const args = [
    jscodeshift,
    '-t',
    transform,
    '--extensions=ts',
    '--parser=ts',
    '--run-in-band',
    '--dry',
    tree,
  ];
  return median([await measuredCommand(process.execPath, args)]);
}

function median(costs: readonly Cost[]): Cost {
  const middle = [...costs].sort((a, b) => a.cpuS - b.cpuS)[Math.floor(costs.length / 2)];
  if (middle === undefined) throw new RangeError('there is nothing to take the median of');
  return { cpuS: round(middle.cpuS), wallS: round(middle.wallS) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function table(bench: CodemodBench): string {
  const row = (name: string, { cpuS, wallS }: Cost) =>
    `  ${name.padEnd(44)} ${cpuS.toFixed(2).padStart(7)} ${wallS.toFixed(2).padStart(7)}\n`;
  return `${bench.files} files, ${bench.lines} lines, ${bench.relevant} files to migrate
  ${'seconds'.padEnd(44)} ${'CPU'.padStart(7)} ${'wall'.padStart(7)}
${row('this codemod, writing', bench.ours)}${row('ast-grep, searching', bench.astGrep)}${row(
  'jscodeshift, same transform, text checked first',
  bench.jscodeshiftPrefiltered,
)}${row('jscodeshift, same transform, every file parsed', bench.jscodeshift)}
  ${bench.timesAstGrep} times the CPU of ast-grep, ${bench.timesUnderJscodeshift} times under plain jscodeshift
${memoryLine(bench.memory)}
${treesTable(bench.trees)}`;
}
