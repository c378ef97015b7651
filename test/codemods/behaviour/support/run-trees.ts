import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_OPTIONS } from '../../../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../../../codemods/agent-cache/migrate-tree.ts';
import type { FileResult } from '../../../../codemods/agent-cache/result.ts';
import type { Report } from '../../../../scripts/codemod/report.ts';
import { scriptArguments } from '../../../support/script-arguments.ts';
import type { Record, Recording } from './record.ts';
import { requestsOf } from './requests.ts';
import { groupOf, type Tree } from './tree.ts';
import { sourceFolderOf, writeTrees } from './write-trees.ts';

/** A process that ended. */
export interface Ended {
  code: number;
  output: string;
}

/** What the trees of one group came to. */
export interface GroupRun {
  root: string;
  codemod: Ended;
  report: Report;
  /** What the codemod makes of its own output. */
  again: FileResult[];
  checklist: Ended;
}

/** What all trees came to. */
export interface TreesRun {
  /** By the name of the group: `full` and `left` are those of trees without a configuration. */
  groups: ReadonlyMap<string, GroupRun>;
  before: Map<Tree, Record>;
  after: Map<Tree, Record>;
  /** The compiler over every migrated tree. */
  types: Ended;
}

/** Serves the trees, migrates them from the command line, checks them with the gate, and serves them again. */
export async function runTrees(root: string, trees: readonly Tree[]): Promise<TreesRun> {
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
  const names = [...new Set(trees.map(groupOf))];
  const byGroup = names.map((group) => [group, trees.filter((tree) => groupOf(tree) === group)] as const);
  for (const stage of ['before', 'after'])
    for (const [group, own] of byGroup) writeTrees(path.join(root, stage, group), own);
  const runs = byGroup.map(async ([group, own]) => [group, await runGroup(root, group, own)] as const);
  const groups = new Map(await Promise.all(runs));
  const [before, after, types] = await Promise.all([
    record(root, 'before', trees),
    record(root, 'after', trees),
    checkTypes(root, trees),
  ]);
  return { groups, before, after, types };
}

/** The folder of a tree, before or after its migration. */
export function treeRoot(root: string, stage: 'before' | 'after', tree: Tree): string {
  return path.join(root, stage, groupOf(tree), sourceFolderOf(tree), '..');
}

async function runGroup(root: string, group: string, trees: readonly Tree[]): Promise<GroupRun> {
  const folder = path.join(root, 'after', group);
  const config = trees[0]?.config;
  if (config) writeFileSync(path.join(folder, 'agent-cache.config.json'), JSON.stringify(config));
  const reportFile = path.join(root, `${group}.json`);
  const codemod = await run('scripts/codemod.ts', ['--force', '--report', reportFile, folder]);
  if (!existsSync(reportFile)) throw new Error(`no report on ${group}: ${codemod.output}`);
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  const again: FileResult[] = [];
  for await (const result of migrateTree([folder], { ...DEFAULT_OPTIONS, ...config })) again.push(result);
  const files = trees
    .flatMap((tree) => Object.keys(tree.files).map((file) => path.join(sourceFolderOf(tree), file)))
    .filter((file) => existsSync(path.join(folder, file)) && isReadByGate(file));
  const guide = path.join(root, `${group}.md`);
  writeFileSync(guide, files.map((file) => `- [ ] \`${file}\`\n`).join(''));
  const checklist = await run('scripts/migration-checklist.ts', ['--root', folder, '--guide', guide]);
  return { root: folder, codemod, report, again, checklist };
}

/** Whether a file is one of a tree's own sources: of others the gate says that it did not read them. */
function isReadByGate(file: string): boolean {
  const isForeign = /(^|\/)(dist|build|coverage|node_modules)\/|\.(d|min|spec)\.[cm]?[jt]s$/.test(file);
  return !isForeign && /\.[cm]?[jt]sx?$/.test(file);
}

/** Type-checks the migrated trees as one program, as strictly as this project itself. */
async function checkTypes(root: string, trees: readonly Tree[]): Promise<Ended> {
  const files = trees
    .filter(({ flavour = 'ts' }) => flavour.startsWith('ts'))
    .flatMap((tree) =>
      ['app.ts', ...Object.keys(tree.files)]
        .filter((file) => /\.m?tsx?$/.test(file))
        .map((file) => path.join(treeRoot(root, 'after', tree), 'src', file)),
    );
  const compilerOptions = {
    module: 'ESNext',
    moduleResolution: 'Bundler',
    lib: ['ES2023', 'ESNext.Disposable'],
    types: ['node'],
    typeRoots: [path.resolve('node_modules/@types')],
    erasableSyntaxOnly: false,
    jsx: 'preserve',
  };
  const project = path.join(root, 'tsconfig.json');
  writeFileSync(
    project,
    JSON.stringify({ extends: path.resolve('tsconfig.json'), compilerOptions, files, include: [] }),
  );
  return await run('node_modules/typescript/bin/tsc', ['-p', project, '--pretty', 'false']);
}

async function record(
  root: string,
  stage: 'before' | 'after',
  trees: readonly Tree[],
): Promise<Map<Tree, Record>> {
  const recordings = trees.map((tree): Recording => {
    const source = path.join(treeRoot(root, stage, tree), 'src');
    const app = readdirSync(source).find((file) => /^app\.\w+$/.test(file)) ?? 'app.ts';
    const { failures = ['none', 'construct', 'connect'] } = tree;
    return { app: path.join(source, app), requests: requestsOf(tree), failures };
  });
  const file = path.join(root, `${stage}.json`);
  writeFileSync(file, JSON.stringify(recordings));
  const ended = await run('test/codemods/behaviour/support/record.ts', [file]);
  const records = JSON.parse(ended.output) as Record[];
  return new Map(
    trees.map((tree, index) => [tree, records[index] ?? { answers: {}, agents: 0, faults: [] }]),
  );
}

async function run(script: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [...(script.endsWith('.ts') ? scriptArguments(script) : [script]), ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 600_000,
    },
  );
  const chunks: Buffer[] = [];
  const faults: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => faults.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? -1));
  });
  const output = Buffer.concat(chunks).toString();
  return { code, output: output === '' ? Buffer.concat(faults).toString() : output };
}
