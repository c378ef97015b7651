import path from 'node:path';
import type { Migration } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { importedModules } from '../source/imported-modules.ts';
import { exportedFactories } from '../survey/factories/exported-factories.ts';
import { HANDS_ON } from '../survey/modules/may-re-export.ts';
import { toPosix, withoutExtension } from '../source/specifiers.ts';
import { awaitsPlannedBy, type RemoteAwait, remoteAwaitsOf } from './remote-awaits.ts';
import { settledFile } from './settled-file.ts';
import { OncePerProject } from '../survey/code/once-per-project.ts';
import { endsWithPath } from '../source/specifiers.ts';

const files = new OncePerProject<boolean>();

/** It may give something that has an agent in it. */
const GIVES = /(?:\breturn\b|=>)\s*\(?\s*(?:\{|new\b|[\w.]+\()/;
/** How many files may hand a builder on before one uses it. */
const MAX_STEPS = 4;

/** The calls in a file that have to be awaited since the builders of others become async. */
export function remoteAwaitsIn(migration: Migration): RemoteAwait[] {
  const { project, options } = migration;
  if (!project?.settlesInOrder) return [];
  const own = absolute(migration.path);
  const found: RemoteAwait[] = [];
  for (const builder of buildersReached(own, migration.text, project, options)) {
    const awaits = remoteAwaitsOf(builder, project, () => settledAwaits(builder, project, options));
    found.push(...awaits.filter(({ file }) => file === own));
  }
  return found;
}

function buildersReached(file: string, text: string, project: Project, options: CodemodOptions): Set<string> {
  const seen = new Set([file]);
  const found = new Set<string>();
  let pending = [{ file, text }];
  for (let step = 0; step < MAX_STEPS && pending.length > 0; step++) {
    const targets = pending.flatMap((each) => modulesOf(each.file, each.text, project));
    pending = [];
    for (const target of targets) {
      if (seen.has(target)) continue;
      seen.add(target);
      const source = project.read(target) ?? '';
      if (mayBuild(target, source, project, options)) found.add(target);
      if (HANDS_ON.test(source)) pending.push({ file: target, text: source });
    }
  }
  return found;
}

function modulesOf(file: string, text: string, project: Project): string[] {
  return importedModules(text).flatMap((specifier) => {
    const target = project.resolve(file, specifier);
    return target === undefined || target.includes('/node_modules/') ? [] : [target];
  });
}

/** Whether a file's text looks as if it gave something with an agent in it, built there or by another's factory. */
function mayBuild(file: string, text: string, project: Project, options: CodemodOptions): boolean {
  return files.of(project, file, () => {
    if (!/\bexports?\b/.test(text) || !GIVES.test(text)) return false;
    if (project.isCacheFile(file) || endsWithPath(withoutExtension(file), options.agentModule)) return false;
    if (text.includes(options.agentClass)) return true;
    return modulesOf(file, text, project).some((each) => exportedFactories(each, project, options).size > 0);
  });
}

function settledAwaits(file: string, project: Project, options: CodemodOptions): RemoteAwait[] {
  // What the run leaves as it is becomes nothing else.
  if (!project.isToMigrate(file)) return [];
  try {
    return awaitsPlannedBy(
      settledFile(file, (project.read(file) ?? '').replace(/^\uFEFF/, ''), options, project),
    );
  } catch {
    return [];
  }
}

function absolute(file: string): string {
  return toPosix(path.resolve(file));
}
