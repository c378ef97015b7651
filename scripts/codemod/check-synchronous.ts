import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import { fileProject } from '../../codemods/agent-cache/files/file-project.ts';
import { type CodemodOptions, keyedGetter } from '../../codemods/agent-cache/options.ts';
import { openFile } from '../../codemods/agent-cache/source/open-file.ts';
import { moduleExports } from '../../codemods/agent-cache/survey/modules/module-exports.ts';
import { givesAtOnce } from '../../codemods/agent-cache/survey/modules/getter-kind.ts';
import { UsageError } from '../cli/usage-error.ts';

/**
 * Holds a run with --sync to what it demands.
 *
 * @throws UsageError when the cache module of one of the paths gives a promise, or none that can be told from one
 */
export function checkSynchronous(paths: readonly string[], options: CodemodOptions): void {
  for (const each of paths) {
    const place = path.resolve(each, 'index.ts').split(path.sep).join('/');
    const file = findCacheModule(place, options);
    if (file === undefined) continue;
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    const project = fileProject(options);
    const module = openFile(file, text, options, project);
    const { names, open } = moduleExports(file, project);
    // One that builds for each set of arguments need not have a getter of what is shared by all.
    const isShared = !options.keyed || open || names.has(options.factory);
    const late = [...(isShared ? [false] : []), ...(options.keyed ? [true] : [])].find(
      (keyed) => !givesAtOnce(module, keyed),
    );
    if (late === undefined) continue;
    const getter = late ? keyedGetter(options) : options.factory;
    throw new UsageError(
      `--sync: ${getter}() of ${path.relative('', file)} is not seen to give its ${options.agentClass} at once: declare that as its result and build it without a promise, as --init --sync does, or leave --sync out`,
    );
  }
}
