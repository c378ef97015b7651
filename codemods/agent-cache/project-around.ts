import path from 'node:path';
import type { CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import { givesAgents } from './survey/factories/gives-agents.ts';
import { importedModules } from './source/imported-modules.ts';
import { isMigratableFile, isSkippedFolder } from './files/excluded.ts';
import { fileProject } from './files/file-project.ts';
import { isPartOfTheCache, mentionsAgent } from './migrate-tree.ts';

let known: { key: string; project: Project } | undefined;

/** The project of files that are given one by one; kept while the options stay the same. */
export function projectAround(options: CodemodOptions): Project {
  const key = JSON.stringify(options);
  if (known?.key !== key) known = { key, project: fileProject(options) };
  return known.project;
}

/** Whether a file that was given by its path alone is source to migrate. */
export function isToMigrate(file: string, source: string, options: CodemodOptions): boolean {
  const project = projectAround(options);
  if (!isMigratableFile(path.basename(file)) || foldersOf(file, project).some(isSkippedFolder)) return false;
  if (!mentionsAgent(source, options) && !importsAgents(file, source, options, project)) return false;
  return !isPartOfTheCache(file, options, project);
}

/** The folders that the file lies in, from the working directory or else from its package on: a tree may lie anywhere. */
function foldersOf(file: string, project: Project): string[] {
  const absolute = path.resolve(file);
  if (absolute.split(path.sep).includes('node_modules')) return ['node_modules'];
  const fromHere = path.relative(process.cwd(), absolute);
  const root = fromHere.startsWith('..') ? project.packageRootOf(absolute) : process.cwd();
  return root === undefined ? [] : path.dirname(path.relative(root, absolute)).split(path.sep);
}

/** Whether one of the file's own modules, not a package, gives it agents. */
function importsAgents(file: string, source: string, options: CodemodOptions, project: Project): boolean {
  return importedModules(source).some((specifier) => {
    const target = /^[.@#~]/.test(specifier) ? project.resolve(file, specifier) : undefined;
    return target !== undefined && givesAgents(target, project, options);
  });
}
