import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import { foldersAbove, probeModule } from '../../codemods/agent-cache/files/files.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { declaresOrImports } from '../../codemods/agent-cache/source/names-class.ts';
import { fileIn, hasCacheModule } from './check-request.ts';

/**
 * What a run could not find, and so cannot say that there is nothing to do: one sentence each, with what to do. A part
 * of a tree is answered for by the class and the cache module that stand above it.
 *
 * @param namesClass whether a file of the paths declares or imports the class
 */
export function notFound(paths: readonly string[], options: CodemodOptions, namesClass: boolean): string[] {
  const { agentClass, cacheModule } = options;
  const shown = paths.join(', ');
  const hasClass = namesClass || paths.some((each) => isClassAround(each, options));
  return [
    ...(hasClass
      ? []
      : [
          `No class ${agentClass} was found in ${shown} or above it: name it with --agent-class, and where it is imported from with --agent-module.`,
        ]),
    ...(hasCacheModule(paths, options)
      ? []
      : [
          `No cache module ${cacheModule ?? 'utils/agent-cache'} was found in ${shown} or above it: name it with --cache-module, or write one with --init.`,
        ]),
  ];
}

/** Whether the cache module above a path, or the agent's own, has the class: that of a tree that is migrated. */
function isClassAround(place: string, options: CodemodOptions): boolean {
  const inside = fileIn(place);
  const modules = [...foldersAbove(inside)].flatMap((folder) =>
    ['', 'src'].map((source) => probeModule(path.posix.join(folder, source, options.agentModule))),
  );
  return [findCacheModule(inside, options), ...modules].some(
    (file) => file !== undefined && declaresOrImports(readFileSync(file, 'utf8'), options.agentClass),
  );
}
