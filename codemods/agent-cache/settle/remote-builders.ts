import path from 'node:path';
import type { Migration } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import { findInFile } from '../judge/find-in-file.ts';
import { judgeSites } from '../judge/judge-sites.ts';
import type { Project } from '../project.ts';
import { importedModules } from '../source/imported-modules.ts';
import { exportedFactories } from '../survey/factories/exported-factories.ts';
import { HANDS_ON } from '../survey/modules/may-re-export.ts';
import { toPosix, withoutExtension } from '../source/specifiers.ts';
import { OncePerProject } from '../survey/code/once-per-project.ts';
import { fileOf } from '../survey/code/opened-files.ts';
import { endsWithPath } from '../source/specifiers.ts';

/** A call of another file's builder that has to be awaited, by the offsets of its nodes. */
export interface RemoteAwait {
  /** The file with the call. */
  file: string;
  call: number;
  /** The function around it, where that has to become async. */
  promote: number | undefined;
  /** The files that call that function, and have to be written before. */
  before: string[];
}

const known = new OncePerProject<readonly RemoteAwait[]>();
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
    const awaits = known.of(project, builder, () => analysed(builder, project, options));
    found.push(...awaits.filter(({ file }) => file === own));
  }
  return found;
}

/** Keeps what a file's own migration found out, while the files that call it are as they were. */
export function noteRemoteAwaits(migration: Migration): void {
  const { project } = migration;
  if (project?.settlesInOrder) known.of(project, absolute(migration.path), () => awaitsOf(migration));
}

/** The calls in other files that the plans of a file's sites want awaited. */
export function awaitsOf(migration: Migration): RemoteAwait[] {
  const own = absolute(migration.path);
  return migration.sites.flatMap(({ plan }) => {
    const awaits = plan && 'awaits' in plan ? (plan.awaits ?? []) : [];
    return awaits.flatMap(({ call, promote, outer = [] }) => {
      const file = absolute(fileOf(call, migration));
      if (file === own) return [];
      const before = outer
        .map((each) => absolute(fileOf(each.call, migration)))
        .filter((each) => each !== file);
      return [{ file, call: call.node.start ?? 0, promote: promote?.node.start ?? undefined, before }];
    });
  });
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

function analysed(file: string, project: Project, options: CodemodOptions): RemoteAwait[] {
  try {
    const migration = findInFile(file, project, options);
    judgeSites(migration);
    return awaitsOf(migration);
  } catch {
    return [];
  }
}

function absolute(file: string): string {
  return toPosix(path.resolve(file));
}
