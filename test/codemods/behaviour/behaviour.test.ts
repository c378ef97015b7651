import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { depth } from '../../support/depth.ts';
import type { FileReport } from '../../../scripts/codemod/report.ts';
import { type GroupRun, runTrees, type TreesRun, treeRoot } from './support/run-trees.ts';
import { eachNth, groupOf, isFull, markedLines, type Tree } from './support/tree.ts';
import { ownFiles } from './support/write-trees.ts';
import { trees } from './trees/index.ts';

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'agent-cache-trees-')));
let ran: TreesRun;

/** Of every so many trees of a group one is tried; `npm run test:deep` tries all. */
const STRIDE = depth(1, 30);
const tried = eachNth(trees, STRIDE);

beforeAll(async () => {
  ran = await runTrees(root, tried);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(tried.map((tree): [string, Tree] => [tree.name, tree]))('%s', (_name, tree) => {
  test('answers as before, whether the agent can be had or not', () => {
    const [before, after] = [ran.before.get(tree), ran.after.get(tree)];
    expect(before?.faults).toEqual([]);
    expect(after?.faults).toEqual([]);
    expect(after?.answers).toEqual(before?.answers);
  });

  test(isFull(tree) ? 'is left with one agent for all requests' : 'is left where it says so', () => {
    expect(placesLeft(tree)).toEqual(placesMarked(tree));
    const agents = tree.agents ?? (isFull(tree) ? 1 : undefined);
    if (agents !== undefined) expect(ran.after.get(tree)?.agents).toBe(agents);
  });

  test('stays as it was where there is nothing to do', () => {
    for (const [file, text] of ownFiles(tree)) {
      if (!tree.untouched?.some((each) => file.endsWith(each))) continue;
      expect(readFileSync(path.join(packageRoot('after', tree), file), 'utf8')).toBe(text);
    }
  });

  test('has nothing to do the second time', () => {
    const again = filesBelow(tree, runOf(tree).again).flatMap(({ occurrences }) => occurrences);
    expect(again.filter(({ action }) => action !== 'manual')).toEqual([]);
  });
});

test('every migrated tree type-checks', () => {
  expect(ran.types).toEqual({ code: 0, output: '' });
});

test('the exit codes and the gate agree with what is left', () => {
  for (const [group, { codemod, checklist }] of ran.groups) {
    const code = group === 'left' ? 1 : 0;
    expect({ group, codemod, checklist }).toMatchObject({ codemod: { code }, checklist: { code } });
  }
});

function packageRoot(stage: 'before' | 'after', tree: Tree): string {
  return path.resolve(treeRoot(root, stage, tree), tree.folder ? '..' : '.');
}

function reportOf(tree: Tree): FileReport[] {
  return filesBelow(tree, runOf(tree).report.files);
}

function runOf(tree: Tree): GroupRun {
  const run = ran.groups.get(groupOf(tree));
  if (run === undefined) throw new Error(`no group has ${tree.name}`);
  return run;
}

function filesBelow<File extends { path: string }>(tree: Tree, files: readonly File[]): File[] {
  const folder = `${treeRoot(root, 'after', tree)}/`;
  return files
    .filter((file) => path.resolve(file.path).startsWith(folder))
    .map((file) => ({ ...file, path: path.relative(folder, path.resolve(file.path)) }));
}

/** `<file>:<line> <ids>` of every line that is left. */
function placesLeft(tree: Tree): string[] {
  const found = new Map<string, Set<string>>();
  for (const { path: file, status, occurrences } of reportOf(tree)) {
    const left = occurrences.filter(({ action }) => action === 'manual' && status !== 'error');
    if (status === 'error') found.set(`${file} is an error`, new Set());
    for (const { line, id = '' } of left) {
      const place = `${file}:${line}`;
      found.set(place, (found.get(place) ?? new Set()).add(id));
    }
  }
  return [...found].map(([place, ids]) => `${place} ${[...ids].sort().join(', ')}`).sort();
}

function placesMarked(tree: Tree): string[] {
  return Object.entries(tree.files)
    .flatMap(([file, text]) =>
      markedLines(text).map(({ line, ids }) => `src/${file}:${line} ${ids.join(', ')}`),
    )
    .sort();
}
