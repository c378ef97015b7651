import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { wholeProject } from '../../codemods/agent-cache/files/file-project.ts';
import { FilesOnce } from '../../codemods/agent-cache/files/files-once.ts';
import { migrateTree, type Watch } from '../../codemods/agent-cache/migrate-tree.ts';
import type { Project } from '../../codemods/agent-cache/project.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { UsageError } from '../cli/usage-error.ts';
import { leftOut } from '../../codemods/agent-cache/files/left-out.ts';
import { toItemPath } from './item-paths.ts';
import { embeddedCode } from './survey/embedded-code.ts';
import { hiddenProduction } from './survey/hidden-production.ts';

/** What a look at the tree found: the files in which the codemod has something to do, or could not look. */
export interface Detection {
  /** By path relative to the root, with forward slashes. */
  unfinished: Map<string, FileResult>;
  /** How many source files were looked at. */
  scanned: number;
  /** Those files. */
  read: ReadonlySet<string>;
  /** Those whose text names the agent's class or its module. */
  naming: ReadonlySet<string>;
  /** Those whose text names a function of the cache. */
  namingCache: ReadonlySet<string>;
  /** What is known of the files around. */
  project: Project;
  /**
   * Code that is not read: because of its name, with who imports it all the same, or because it stands in another
   * language.
   */
  unread: ReadonlyMap<string, string | undefined>;
}

/** Looks through a tree with the codemod's own eyes and writes nothing; `tell` hears how far it has come. */
export type Detector = (root: string, options: CodemodOptions, tell?: Progress) => Promise<Detection>;

export type Progress = (phase: string, done: number, total: number) => void;

/** The codemod itself as the detector. */
export const detect: Detector = async (root, options, tell = () => {}) => {
  const unfinished = new Map<string, FileResult>();
  const seen = new FilesOnce();
  const whole = wholeProject(options, seen);
  const hidden = hiddenProduction(root, options, whole);
  const embedded = embeddedCode(root, options, leftOut(root, options.exclude), whole);
  const watch: Watch = (phase, done, total) => {
    tell(phase, done, total);
    return undefined;
  };
  const migration = openTree([root, ...hidden.read], options, watch, seen);
  for await (const result of migration) {
    if (!isUnfinished(result)) continue;
    // Without the new text, or memory would grow with the tree.
    unfinished.set(toItemPath(root, result.path), { ...result, output: undefined, source: undefined });
  }
  const itemPaths = (files: Iterable<string>) => new Set(Array.from(files, (file) => toItemPath(root, file)));
  return {
    unfinished,
    project: migration.project,
    scanned: migration.scanned,
    read: itemPaths(migration.files),
    naming: itemPaths(migration.naming),
    namingCache: itemPaths(migration.namingCache),
    unread: new Map([
      ...embedded.map((file): [string, undefined] => [toItemPath(root, file), undefined]),
      ...Array.from(hidden.unread, ([file, by]): [string, string] => [
        toItemPath(root, file),
        toItemPath(root, by),
      ]),
    ]),
  };
};

/** Whether a dry run of the codemod has something to do in the file, or to say about it. */
function isUnfinished({ status, occurrences }: FileResult): boolean {
  return status !== 'unchanged' || occurrences.length > 0;
}

function openTree(
  paths: readonly string[],
  options: CodemodOptions,
  watch: Watch,
  seen: FilesOnce,
): ReturnType<typeof migrateTree> {
  try {
    return migrateTree(paths, options, watch, seen);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
