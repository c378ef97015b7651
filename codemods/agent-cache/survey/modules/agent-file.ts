import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { importedModules } from '../../source/imported-modules.ts';
import { OncePerProject } from '../code/once-per-project.ts';

/** How many re-exports a class may lie behind. */
const MAX_STEPS = 3;

type Options = Pick<CodemodOptions, 'agentClass'>;

const declaring = new OncePerProject<string>();
const building = new OncePerProject<string | undefined>();

/** The file that declares the agent's class, for one that may only re-export it; the file itself where none is found. */
export function declaringFile(file: string, project: Project, { agentClass }: Options): string {
  return declaring.of(
    project,
    `${agentClass} ${file}`,
    () => search(file, project, agentClass, MAX_STEPS) ?? file,
  );
}

/** The file that declares the class which a cache module builds, or hands on; undefined where that is not seen. */
export function fileBuiltBy(
  cacheModule: string,
  project: Project,
  { agentClass }: Options,
): string | undefined {
  return building.of(project, `${agentClass} ${cacheModule}`, () =>
    search(cacheModule, project, agentClass, MAX_STEPS),
  );
}

/** Whether the cache module, or what it imports of the tree, imports a module by these very words. */
export function cacheImports(specifier: string, cacheModule: string, project: Project): boolean {
  const modules = importedModules(project.read(cacheModule) ?? '');
  if (modules.includes(specifier)) return true;
  return modules.some((module) => {
    const file = project.resolve(cacheModule, module);
    return file !== undefined && importedModules(project.read(file) ?? '').includes(specifier);
  });
}

/** The nearest file that declares the class among those that a file mentioning it imports. */
function search(file: string, project: Project, agentClass: string, steps: number): string | undefined {
  const text = project.read(file);
  if (text === undefined || file.includes('/node_modules/')) return undefined;
  if (new RegExp(`\\bclass\\s+${agentClass}\\b`).test(text)) return file;
  if (steps === 0) return undefined;
  for (const module of importedModules(text)) {
    const target = project.resolve(file, module);
    const found = target === undefined ? undefined : search(target, project, agentClass, steps - 1);
    if (found) return found;
  }
  return undefined;
}
