import path from 'node:path';
import type { CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import { givesAgents } from './analysis/gives-agents.ts';
import { importedModules } from './tree/importers.ts';
import { isMigratableFile, isSkippedFolder } from './tree/excluded.ts';
import { fileProject } from './tree/file-project.ts';
import { isPartOfTheCache, mentionsAgent } from './tree/migrate-tree.ts';

let known: { key: string; project: Project } | undefined;

/** The project of files that are given one by one; kept while the options stay the same. */
export function projectAround(options: CodemodOptions): Project {
  const key = JSON.stringify(options);
  if (known?.key !== key) known = { key, project: fileProject(options) };
  return known.project;
}

/** Whether a file that was given by its path alone is source to migrate, seen from the working directory. */
export function isToMigrate(file: string, source: string, options: CodemodOptions): boolean {
  const relative = path.relative(process.cwd(), path.resolve(file));
  const folders = relative.startsWith('..') ? [] : path.dirname(relative).split(path.sep);
  if (!isMigratableFile(path.basename(file)) || folders.some(isSkippedFolder)) return false;
  const project = projectAround(options);
  if (!mentionsAgent(source, options) && !importsAgents(file, source, options, project)) return false;
  return !isPartOfTheCache(file, options, project);
}

/** Whether one of the file's own modules, not a package, gives it agents. */
function importsAgents(file: string, source: string, options: CodemodOptions, project: Project): boolean {
  return importedModules(source).some((specifier) => {
    const target = /^[.@#~]/.test(specifier) ? project.resolve(file, specifier) : undefined;
    return target !== undefined && givesAgents(target, project, options);
  });
}
