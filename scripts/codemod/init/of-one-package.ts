import path from 'node:path';
import { isListed } from '../../../codemods/agent-cache/files/explained-specifiers.ts';
import { filesNow } from '../../../codemods/agent-cache/files/files-once.ts';
import { importRootOf } from '../../../codemods/agent-cache/files/packages.ts';
import { packageAround, workspacePackages } from '../../../codemods/agent-cache/files/workspace-packages.ts';
import { toPosix } from '../../../codemods/agent-cache/source/specifiers.ts';
import { commandLine } from '../../cli/command-line.ts';
import { shownPath } from '../../cli/shown-path.ts';
import { UsageError } from '../../cli/usage-error.ts';
import type { WhatToBuild } from './what-to-build.ts';

type Import = WhatToBuild['imports'][number];

/**
 * A module in a package of a workspace can build only of what that package may import, by the names of their packages.
 *
 * @param target the module, absolute
 * @returns what it builds, imported as it may be from there
 * @throws UsageError where what is built with is of a package that uses this one, with the folder that finds it
 */
export function withinPackage(target: string, agentClass: string, what: WhatToBuild): WhatToBuild {
  const { imports, constructions } = what;
  const root = importRootOf(toPosix(target));
  const packages = root === undefined ? new Map<string, string>() : workspacePackages(root);
  const own = packageAround(toPosix(target), packages);
  if (!own) return what;
  const isOfOwn = ({ file }: Import) =>
    file !== undefined && packageAround(toPosix(path.resolve(file)), packages)?.folder === own.folder;
  const nameOf = ({ module }: Import) => /^(@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? '';
  const isByName = (each: Import) =>
    packages.has(nameOf(each))
      ? isListed(nameOf(each), own.folder, filesNow)
      : each.file === undefined && !each.module.startsWith('.');
  const away = imports.find((each) => !isOfOwn(each) && !isByName(each));
  if (!away) {
    const asIs = ({ file: _file, ...each }: Import): Import => each;
    return { ...what, imports: imports.map((each) => (isOfOwn(each) ? each : asIs(each))) };
  }
  const builders = constructions.files.map((each) => packageAround(toPosix(path.resolve(each)), packages));
  const other = builders.find((each) => each && each.folder !== own.folder);
  const named = away.file === undefined ? away.module : shownPath(path.resolve(away.file));
  const folder = other && shownPath(other.folder);
  throw new UsageError(
    `${shownPath(target)} would have to import ${named}, which the package ${own.name} does not have: ${
      folder === undefined
        ? 'name a module of the package that has it with --cache-module'
        : `run it where that is: ${commandLine('init', ['--agent-class', agentClass, folder])}`
    }`,
  );
}
