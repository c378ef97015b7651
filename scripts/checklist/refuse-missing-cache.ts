import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isExplained } from '../../codemods/agent-cache/files/explained-specifiers.ts';
import { filesNow } from '../../codemods/agent-cache/files/files-once.ts';
import { type CodemodOptions, moduleEnd } from '../../codemods/agent-cache/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { fileIn, hasCacheModule } from '../codemod/check-request.ts';
import type { Detection } from './detector.ts';
import type { GuideItem } from './guide/guide-item.ts';

/**
 * Refuses a cache module that was named and that is nowhere: what is shared by it, nobody could tell, and the module that
 * is there would be taken for one that builds.
 *
 * @throws UsageError unless the list has a module of that name which is not there yet
 */
export function refuseMissingCache(
  root: string,
  options: CodemodOptions,
  items: readonly GuideItem[],
  { namingCache, project }: Detection,
): void {
  const { cacheModule } = options;
  if (cacheModule === undefined) return;
  const isPackage = /^(?:@[\w.-]+\/)?[\w.-]+$/.test(cacheModule) && !/\.[cm]?[jt]sx?$/.test(cacheModule);
  const isKnown = () =>
    isExplained(cacheModule, fileIn(root), filesNow) ||
    project.resolve(fileIn(root), cacheModule) !== undefined ||
    [...namingCache].some((each) => project.cacheModuleOf(path.join(root, each)) !== undefined) ||
    [...namingCache].some((each) => imports(path.join(root, each), cacheModule));
  if (isPackage ? isKnown() : hasCacheModule([root], options)) return;
  const wanted = moduleEnd(path.isAbsolute(cacheModule) ? path.relative(root, cacheModule) : cacheModule);
  const isToCome = (itemPath: string) =>
    !existsSync(path.join(root, itemPath)) &&
    `/${moduleEnd(itemPath)}`.endsWith(`/${wanted.replace(/^\.\//, '')}`);
  if (items.some(({ paths }) => paths.some(isToCome))) return;
  throw new UsageError(
    `cannot tell: there is no cache module ${wanted} in this tree, and no such package: correct --cache-module (or cacheModule in agent-cache.config.json), or write one with the codemod's --init`,
  );
}

function imports(file: string, specifier: string): boolean {
  const text = readFileSync(file, 'utf8');
  return text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`);
}
