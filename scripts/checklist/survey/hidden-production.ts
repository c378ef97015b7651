import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import { importedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import { isMigratableFile, isSkippedFolder, isSource } from '../../../codemods/agent-cache/files/excluded.ts';
import { leftOut } from '../../../codemods/agent-cache/files/left-out.ts';
import type { Resolve } from '../source/module-graph.ts';

/** Production code in places that are called like tests or like output, absolute. */
export interface HiddenProduction {
  /** Files that can be read by naming them. */
  read: string[];
  /** Files that have the name of a test themselves, with a file that imports each. */
  unread: Map<string, string>;
}

const NONE: HiddenProduction = { read: [], unread: new Map() };

/**
 * The files in folders such as `build/` or `spec/`, or with names such as `orders.spec.ts`, that production code
 * imports: what it imports is production code, whatever it is called. Not what git ignores or the compiler wrote.
 */
export function hiddenProduction(
  root: string,
  exclude: readonly string[],
  resolve: Resolve,
): HiddenProduction {
  const isLeftOut = leftOut(root, exclude);
  const hidden = new Set([...hiddenBelow(root, false)].filter((file) => !isLeftOut(file)));
  if (hidden.size === 0) return NONE;
  const found = new Map<string, string>();
  const follow = (file: string) => {
    for (const target of importsOf(file, resolve)) {
      if (!hidden.has(target) || found.has(target)) continue;
      found.set(target, file);
      follow(target);
    }
  };
  for (const file of findSourceFiles([root], exclude)) follow(path.resolve(file));
  const read = [...found.keys()].filter((file) => isMigratableFile(path.basename(file)));
  const unread = new Map([...found].filter(([file]) => !isMigratableFile(path.basename(file))));
  return { read, unread };
}

const NEVER = new Set(['node_modules', 'bower_components']);

function* hiddenBelow(folder: string, isHidden: boolean): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (NEVER.has(entry.name) || entry.name.startsWith('.')) continue;
      yield* hiddenBelow(full, isHidden || isSkippedFolder(entry.name));
    } else if (entry.isFile() && isSource(entry.name) && (isHidden || !isMigratableFile(entry.name))) {
      yield full;
    }
  }
}

/** A specifier that may lead to such a place: all others need not be looked up. */
const HIDDEN_PLACE =
  /(?:^|\/)(?:dist|build|out|coverage|tests?|__tests__|__mocks__|__fixtures__|e2e|spec|cypress|playwright|test-utils)(?:\/|$)|(?:spec|test|e2e|cy|bench|stories|min)(?:\.[cm]?[jt]sx?)?$/;

function importsOf(file: string, resolve: Resolve): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  // Among files in such a place, any specifier may lead on to one.
  const isWithin = HIDDEN_PLACE.test(file);
  return importedModules(text).flatMap((specifier) => {
    if (!isWithin && !HIDDEN_PLACE.test(specifier)) return [];
    return resolve(file, specifier) ?? [];
  });
}
