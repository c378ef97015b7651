import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type GeneratedTree, unlinkedTree } from './codemod-tree.ts';
import { attachTree, barrelTree, chainTree, latticeTree, linkedTree } from './linked-trees.ts';

/** CPU seconds of whole processes on one generated tree. */
export interface TreeCost {
  name: string;
  files: number;
  relevant: number;
  oursCpuS: number;
  /** Of another checkout of the codemod, which `BASELINE` names. */
  baselineCpuS?: number;
  astGrepCpuS: number;
  /** Our CPU time over that of ast-grep. */
  timesAstGrep: number;
}

/** What measures one run on a tree, in CPU seconds. */
export interface Measure {
  ours: (tree: string) => Promise<number>;
  /** A dry run of another checkout. */
  baseline: ((tree: string) => Promise<number | undefined>) | undefined;
  astGrep: (tree: string) => Promise<number>;
}

/** Trees whose files are linked, each in two sizes where its cost should grow with them alone. */
const TREES: readonly GeneratedTree[] = [
  linkedTree(1500, 250),
  linkedTree(5000, 250),
  latticeTree(10, 2),
  latticeTree(10, 3),
  unlinkedTree('unlinked, as many as a lattice', 21),
  chainTree(30),
  chainTree(60),
  barrelTree(200),
  barrelTree(400),
  attachTree(40, 210),
  attachTree(80, 420),
];

/** Measures dry runs on generated trees below a folder. */
export async function costOfTrees(folder: string, measure: Measure): Promise<TreeCost[]> {
  const costs: TreeCost[] = [];
  for (const { name, files, relevant, write } of TREES) {
    const tree = path.join(folder, 'linked');
    if (existsSync(tree)) rmSync(tree, { recursive: true });
    write(tree);
    const oursCpuS = await measure.ours(tree);
    const baselineCpuS = await measure.baseline?.(tree);
    const astGrepCpuS = await measure.astGrep(tree);
    costs.push({
      name,
      files,
      relevant,
      oursCpuS,
      ...(baselineCpuS !== undefined && { baselineCpuS }),
      astGrepCpuS,
      timesAstGrep: Math.round((oursCpuS / astGrepCpuS) * 100) / 100,
    });
  }
  return costs;
}

/** The costs as lines of a table. */
export function treesTable(costs: readonly TreeCost[]): string {
  const line = (name: string, ...cells: string[]) =>
    `  ${name.padEnd(44)}${cells.map((cell) => cell.padStart(9)).join('')}\n`;
  const rows = costs.map((cost) =>
    line(
      cost.name,
      cost.oursCpuS.toFixed(2),
      cost.baselineCpuS?.toFixed(2) ?? '–',
      cost.astGrepCpuS.toFixed(2),
      `${cost.timesAstGrep} ×`,
    ),
  );
  return line('CPU seconds of a dry run', 'ours', 'baseline', 'ast-grep', '') + rows.join('');
}
