import { withArticle } from '../../codemods/agent-cache/source/client-noun.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import { writeFileAtomically } from '../cli/write-file.ts';
import type { Detection } from './detector.ts';
import { toItemPath } from './item-paths.ts';

/** Refuses to write over a guide that is there, before anything else is done. */
export function refuseGuide(root: string, guide: string): void {
  if (existsSync(path.resolve(root, guide)))
    throw new UsageError(`${guide} is there already: --write --add lists what it forgot`);
}

/**
 * Writes the first guide of a tree: its cache module, the files that are left, and those that use the cache already.
 *
 * @throws UsageError when it cannot be written
 */
export function initGuide(root: string, guide: string, options: CodemodOptions, detection: Detection): void {
  const { project, unfinished, namingCache, naming, read } = detection;
  const modules = new Set(
    [...naming, ...namingCache].flatMap((file) => project.cacheModuleOf(path.join(root, file)) ?? []),
  );
  const cache = [...modules].map((file) => toItemPath(root, file)).filter((file) => read.has(file));
  const open = [...unfinished.keys()].sort();
  // The cache of another class may call its provider alike.
  const users = new Set(
    [...modules].flatMap((file) => project.dependentsOf(file)).map((file) => toItemPath(root, file)),
  );
  const isOfThis = (file: string) =>
    users.has(file) || project.read(path.join(root, file))?.includes(options.factory) === true;
  const done = [...namingCache]
    .filter((file) => !unfinished.has(file) && !cache.includes(file) && isOfThis(file))
    .sort();
  const wanted = cache.length > 0 ? [] : [missingModule([...naming])];
  const lines = [
    `# Migration: one shared ${options.agentClass}`,
    '',
    `Every file that gets ${withArticle(options.agentClass)}. The checklist verifies this list against the code.`,
    '',
    ...wanted.map((file) => `- [ ] Create \`${file}\``),
    ...cache.map((file) => `- [x] \`${file}\``),
    ...open.map((file) => `- [ ] \`${file}\``),
    ...done.map((file) => `- [x] \`${file}\``),
    '',
  ];
  try {
    writeFileAtomically(path.resolve(root, guide), lines.join('\n'));
  } catch (error) {
    throw new UsageError(`the guide ${guide} cannot be written: ${reasonOf(error)}`);
  }
}

/** Where a cache module belongs: beside the folder of the agent's module. */
function missingModule(naming: readonly string[]): string {
  const folder = naming.map((file) => /^(.*?\/)?agents\//.exec(file)?.[1]).find((each) => each !== undefined);
  return `${folder ?? 'src/'}utils/agent-cache.ts`;
}
