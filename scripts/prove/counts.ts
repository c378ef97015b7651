import path from 'node:path';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Report } from '../codemod/report.ts';
import { constructionsIn } from './constructions.ts';
import { changedFiles, type Texts } from './texts-of-tree.ts';

/** What became of the constructions of a tree. */
export interface Counts {
  /** In the tree as it was, the class's own module and a cache module that was there aside. */
  constructions: number;
  migrated: number;
  left: number;
  /** How many places are left, by the id of the reason. */
  reasons: Readonly<Record<string, number>>;
  /** Constructions that are still there and of which the codemod says nothing: `file:line`. */
  notSeen: readonly string[];
}

/** A place that the JSON report leaves. */
interface Left {
  id?: string;
  reason?: string;
}

/** Counts constructions before and after, with a parser that is not the codemod's, and compares with its report. */
export function countsOf(
  root: string,
  before: Texts,
  after: Texts,
  report: Report,
  options: CodemodOptions,
): Counts {
  const changed = new Set(changedFiles(before, after));
  const places = new Map(report.files.map((file) => [path.resolve(root, file.path), file.occurrences]));
  const built = { ...options, builtBy: options.builtBy ?? 'new' };
  let constructions = 0;
  let left = 0;
  const notSeen: string[] = [];
  for (const [file, text] of before) {
    if (isOwnPart(file, options) || !mayName(text, options)) continue;
    const were = constructionsIn(file, text, built);
    const are = changed.has(file) ? constructionsIn(file, after.get(file) ?? '', built) : were;
    constructions += were.length;
    left += are.length;
    const told = (places.get(file) ?? []).filter(({ action }) => action === 'manual').length;
    if (told < are.length)
      notSeen.push(...are.slice(told).map((line) => `${path.relative(root, file)}:${line}`));
  }
  const reasons: Record<string, number> = {};
  for (const { occurrences } of report.files)
    for (const place of occurrences) {
      if (place.action !== 'manual') continue;
      const { id, reason } = place as Left;
      const name = id ?? reason ?? 'unknown';
      reasons[name] = (reasons[name] ?? 0) + 1;
    }
  return { constructions, migrated: constructions - left, left: left - notSeen.length, reasons, notSeen };
}

/** The class's own module, and the cache's: both have to build agents. */
function isOwnPart(file: string, options: CodemodOptions): boolean {
  const bare = file.replace(/(\/index)?\.[cm]?[jt]sx?$/, '');
  return bare.endsWith(`/${options.agentModule}`) || findCacheModule(file, options) === file;
}

function mayName(text: string, { agentClass, agentModule }: CodemodOptions): boolean {
  return text.includes(agentClass) || text.includes(agentModule.split('/').at(-1) ?? agentClass);
}
