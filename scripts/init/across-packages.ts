import path from 'node:path';
import { readFileSync } from 'node:fs';
import { filesNow } from '../../codemods/agent-cache/files/files-once.ts';
import { importHabit, isOfSource } from '../../codemods/agent-cache/files/import-habit.ts';
import { importRootOf, manifestOf } from '../../codemods/agent-cache/files/packages.ts';
import {
  packageAround,
  workspaceModules,
  workspacePackages,
} from '../../codemods/agent-cache/files/workspace-packages.ts';
import { importedModules } from '../../codemods/agent-cache/source/imported-modules.ts';
import { extensionOf, relativeSpecifier, toPosix } from '../../codemods/agent-cache/source/specifiers.ts';
import { keyedGetter } from '../../codemods/agent-cache/options.ts';
import { shownPath } from '../cli/shown-path.ts';
import type { NewCacheModule } from '../codemod/init/init-cache-module.ts';
import type { Given } from './given-by.ts';

/**
 * What a package of a workspace has to export before the files of others can import the cache from it; empty where no
 * other package builds the client, or where they may name the module's own path.
 */
export function exportsToAdd(
  { target, options, what }: Pick<NewCacheModule, 'target' | 'options' | 'what'>,
  given: Given,
): string {
  const module = toPosix(target);
  const root = importRootOf(module);
  const packages = root === undefined ? new Map<string, string>() : workspacePackages(root);
  const own = packageAround(module, packages);
  const [name] = own?.specifiers ?? [];
  if (!own || name === undefined || isNamedByPath(own.folder, own.specifiers, name)) return '';
  const others = what.constructions.files.filter(
    (each) => packageAround(toPosix(each), packages)?.folder !== own.folder,
  );
  const [first] = others;
  if (first === undefined) return '';
  const wanted = [
    ...(given.shared ? [options.factory] : []),
    ...(given.stats && given.shared ? [options.provider] : []),
    ...(given.keyed ? [keyedGetter(options)] : []),
  ];
  const names = wanted.join(', ');
  const [entry] = workspaceModules(name, packages, filesNow);
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  const who = `${shownPath(first)}${more} can import the cache only where ${name} exports it`;
  const text = entry === undefined ? '' : readFileSync(entry, 'utf8');
  if (entry === undefined || !/\b(import|export)\b/.test(text)) return `\n${who}: export ${names} there\n`;
  const specifier = relativeSpecifier(entry, module, extensionIn(entry, own.folder));
  // What is there already need not be added.
  if (text.includes(specifier) || wanted.every((each) => text.includes(each))) return '';
  return `\n${who}: add to ${shownPath(entry)}\n  export { ${names} } from '${specifier}';\n`;
}

/** Whether others may import any file of a package by its path, or this one by a pattern of its `exports`. */
function isNamedByPath(folder: string, specifiers: readonly string[], name: string): boolean {
  const { exports } = manifestOf(folder);
  if (exports === undefined) return true;
  const listed = typeof exports === 'object' && exports !== null ? Object.keys(exports) : [];
  return specifiers.some(
    (each) => each !== name && !listed.includes(`.${path.posix.normalize(each.slice(name.length))}`),
  );
}

/** How a file writes the extension of what it imports of its own package. */
function extensionIn(file: string, folder: string): string {
  const own = importedModules(readFileSync(file, 'utf8')).find(isOfSource);
  return own === undefined ? importHabit(file, folder, filesNow) : extensionOf(own);
}
