import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { importedModules } from '../../source/imported-modules.ts';
import { endsWithPath, withoutExtension } from '../../source/specifiers.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { HANDS_ON } from '../modules/may-re-export.ts';
import { exportedFactories } from './exported-factories.ts';

const reached = new OncePerProject<ReadonlySet<string>>();
const modules = new OncePerProject<readonly string[]>();
const building = new OncePerProject<boolean>();
const giving = new OncePerProject<boolean>();

/** It may give something that has an agent in it. */
const GIVES = /(?:\breturn\b|=>)\s*\(?\s*(?:\{|new\b|await\b|[\w.]+[(;\s}])/;

/**
 * The files whose functions may give something with an agent in it to a file, which has to await them then: those that
 * it imports, and those behind files that hand on what they import, or give on what that gives.
 */
export function buildersReached(
  file: string,
  project: Project,
  options: CodemodOptions,
): ReadonlySet<string> {
  return reached.of(project, file, () => {
    const seen = new Set([file]);
    const found = new Set<string>();
    for (let pending = [file]; pending.length > 0; ) {
      const next: string[] = [];
      for (const target of pending.flatMap((each) => modulesOf(each, project))) {
        if (seen.has(target)) continue;
        seen.add(target);
        if (mayBuild(target, project, options)) found.add(target);
        if (mayGiveOn(target, project)) next.push(target);
      }
      pending = next;
    }
    return found;
  });
}

function modulesOf(file: string, project: Project): readonly string[] {
  return modules.of(project, file, () =>
    importedModules(project.read(file) ?? '').flatMap((specifier) => {
      const target = project.resolve(file, specifier);
      return target === undefined || target.includes('/node_modules/') ? [] : [target];
    }),
  );
}

function mayGiveOn(file: string, project: Project): boolean {
  return giving.of(project, file, () => {
    const text = project.read(file) ?? '';
    return HANDS_ON.test(text) || (/\bexport\b/.test(text) && GIVES.test(text));
  });
}

/** Whether a file's text looks as if it gave something with an agent in it, built there or by another's factory. */
function mayBuild(file: string, project: Project, options: CodemodOptions): boolean {
  return building.of(project, file, () => {
    const text = project.read(file) ?? '';
    if (!/\bexports?\b/.test(text) || !GIVES.test(text)) return false;
    if (project.isCacheFile(file) || endsWithPath(withoutExtension(file), options.agentModule)) return false;
    if (text.includes(options.agentClass)) return true;
    return modulesOf(file, project).some((each) => exportedFactories(each, project, options).size > 0);
  });
}
