import path from 'node:path';
import { fileProject } from '../../../codemods/agent-cache/files/file-project.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { shownPath } from '../../cli/shown-path.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { type ModuleTree, moduleText } from './module-text.ts';
import { type WhatToBuild, whatToBuild } from './what-to-build.ts';
import { both, lacks, type Manner, mannerOf } from './written-module.ts';

/**
 * The text that replaces a module which was written for this tree, was never edited, and lacks what is asked for;
 * undefined where it is to stay.
 *
 * @throws UsageError where files use its getter, and it is not to give promises any more
 */
export async function writtenAnew(
  present: string,
  tree: ModuleTree,
  { options, wanted }: { options: CodemodOptions; wanted: Manner },
): Promise<{ text: string; what: WhatToBuild; options: CodemodOptions } | undefined> {
  // Once its places are migrated, the module is what tells how the agent is built.
  const others = tree.sources.filter((each) => path.resolve(each) !== tree.target);
  for (const sources of [others, tree.sources]) {
    const writtenIn = async (manner: Manner) => {
      const asked = { ...options, sync: manner.sync, keyed: manner.keyed };
      const what = whatToBuild(tree.folder, tree.agent, sources, asked, tree.target);
      return {
        text: await moduleText({ ...tree, sources }, { options: asked, wanted: manner, what }),
        what,
        options: asked,
      };
    };
    const has = await mannerOf(present, async (manner) => (await writtenIn(manner)).text);
    if (has === undefined) continue;
    if (!lacks(has, wanted)) return undefined;
    if (wanted.sync && !has.sync) requireUnused(tree.target, options);
    return await writtenIn(both(has, wanted));
  }
  return undefined;
}

/** Who imports the module waits for what its getter gives; a health route asks for its state alone. */
function requireUnused(target: string, options: CodemodOptions): void {
  const users = fileProject(options).importersOf(target);
  const user = users.find((file) => !/\/agent-cache-health\.\w+$/.test(file));
  if (user === undefined) return;
  throw new UsageError(
    `${shownPath(user)} uses what ${shownPath(target)} gives, and may wait for its promise: leave --sync out, or change both by hand`,
  );
}
