import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Project } from '../../../codemods/agent-cache/project.ts';
import { loadedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import { isMigratableFile, isSkippedFolder, isSource } from '../../../codemods/agent-cache/files/excluded.ts';
import { buildOutput } from '../../../codemods/agent-cache/files/build-output.ts';
import { gitIgnored } from '../../../codemods/agent-cache/files/git-ignored.ts';
import { leftOut } from '../../../codemods/agent-cache/files/left-out.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { startedFiles } from './started-files.ts';

/** Production code in places that are called like tests or like output, absolute. */
export interface HiddenProduction {
  /** Files that can be read by naming them. */
  read: string[];
  /** Files that have the name of a test themselves, or that git ignores, with a file that imports each. */
  unread: Map<string, string>;
}

/**
 * The files in folders such as `build/` or `spec/`, or with names such as `orders.spec.ts`, that production code
 * imports, or starts as a worker: what it imports is production code, whatever it is called. Not what the compiler wrote;
 * of what git ignores, what names the class is told of, and not read.
 */
export function hiddenProduction(
  root: string,
  { exclude, agentClass }: Pick<CodemodOptions, 'exclude' | 'agentClass'>,
  project: Project,
): HiddenProduction {
  const isLeftOut = leftOut(root, exclude);
  const hidden = new Set<string>();
  const sources: string[] = [];
  const left: string[] = [];
  for (const { file, isHidden } of sourcesBelow(root, false)) {
    if (isLeftOut(file)) {
      if (!isHidden) left.push(file);
    } else if (isHidden) hidden.add(file);
    else sources.push(file);
  }
  sources.sort();
  const ignored = ignoredProduction(root, left, sources, agentClass, project);
  if (hidden.size === 0) return { read: [], unread: ignored };
  const found = new Map<string, string>();
  const follow = (file: string) => {
    for (const target of importsOf(file, project)) {
      if (!hidden.has(target) || found.has(target)) continue;
      found.set(target, file);
      follow(target);
    }
  };
  for (const file of sources) follow(file);
  const read = [...found.keys()].filter((file) => isMigratableFile(path.basename(file)));
  const tests = [...found].filter(([file]) => !isMigratableFile(path.basename(file)));
  return { read, unread: new Map([...ignored, ...tests]) };
}

const NEVER = new Set(['node_modules', 'bower_components']);

/**
 * What git ignores, names the class, and is imported by what git does not ignore: what was generated, say. Not what lies
 * where compilers write.
 */
function ignoredProduction(
  root: string,
  left: readonly string[],
  sources: readonly string[],
  agentClass: string,
  project: Project,
): Map<string, string> {
  const found = new Map<string, string>();
  const naming = left.filter((file) => (project.read(file) ?? '').includes(agentClass));
  if (naming.length === 0) return found;
  const isIgnored = gitIgnored(root);
  const isOutput = buildOutput(root);
  const ignored = new Set(naming.filter((file) => isIgnored(file) && !isOutput(file)));
  const words = [...ignored].map((file) => path.parse(file).name);
  if (words.length === 0) return found;
  for (const file of sources) {
    const text = project.read(file) ?? '';
    if (!words.some((word) => text.includes(word) || word === 'index')) continue;
    for (const specifier of loadedModules(text)) {
      const target = project.resolve(file, specifier);
      if (target !== undefined && ignored.has(target) && !found.has(target)) found.set(target, file);
    }
  }
  return found;
}

function* sourcesBelow(folder: string, isHidden: boolean): Iterable<{ file: string; isHidden: boolean }> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (NEVER.has(entry.name) || entry.name.startsWith('.')) continue;
      yield* sourcesBelow(full, isHidden || isSkippedFolder(entry.name));
    } else if (entry.isFile() && isSource(entry.name)) {
      yield { file: full, isHidden: isHidden || !isMigratableFile(entry.name) };
    }
  }
}

/** A specifier that may lead to such a place: all others need not be looked up. */
const HIDDEN_PLACE =
  /(?:^|\/)(?:dist|build|out|coverage|tests?|__tests__|__mocks__|__fixtures__|e2e|spec|cypress|playwright|test-utils)(?:\/|$)|(?:spec|test|e2e|cy|bench|stories|min)(?:\.[cm]?[jt]sx?)?$/;

function importsOf(file: string, project: Project): string[] {
  const text = project.read(file) ?? '';
  // Among files in such a place, any specifier may lead on to one.
  const isWithin = HIDDEN_PLACE.test(file);
  return [...loadedModules(text), ...startedFiles(text)].flatMap((specifier) => {
    if (!isWithin && !HIDDEN_PLACE.test(specifier)) return [];
    return project.resolve(file, specifier) ?? [];
  });
}
