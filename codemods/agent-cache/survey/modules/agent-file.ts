import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { importedModules } from '../../source/imported-modules.ts';
import { OncePerProject } from '../code/once-per-project.ts';

/** How many modules may lie between one that imports the class and its file; any number that hand on what they import. */
const MAX_STEPS = 3;

const HANDS_ON = /\bexport\s*(?:\*|\{[^}]*\}\s*from\b)|\bmodule\.exports\s*=\s*require\b/;

type Options = Pick<CodemodOptions, 'agentClass'>;

const declaring = new OncePerProject<string>();
const building = new OncePerProject<string | undefined>();

/** The file that declares the agent's class, for one that may only re-export it; the file itself where none is found. */
export function declaringFile(file: string, project: Project, { agentClass }: Options): string {
  return declaring.of(project, `${agentClass} ${file}`, () => nearest(file, project, agentClass) ?? file);
}

/** The file that declares the class which a cache module builds, or hands on; undefined where that is not seen. */
export function fileBuiltBy(
  cacheModule: string,
  project: Project,
  { agentClass }: Options,
): string | undefined {
  return building.of(project, `${agentClass} ${cacheModule}`, () =>
    nearest(cacheModule, project, agentClass),
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
function nearest(file: string, project: Project, agentClass: string): string | undefined {
  const declares = new RegExp(`\\bclass\\s+${agentClass}\\b`);
  const seen = new Set([file]);
  let asked = [file];
  for (let step = 0; asked.length > 0; step += 1) {
    const texts = asked.map((each) => [each, textOf(each, project)] as const);
    const found = texts.find(([, text]) => declares.test(text));
    if (found) return found[0];
    const further = texts.filter(([, text]) => step < MAX_STEPS || HANDS_ON.test(text));
    asked = further.flatMap(([each, text]) =>
      importedModules(text).flatMap((module) => {
        const target = project.resolve(each, module);
        return target === undefined || seen.size === seen.add(target).size ? [] : [target];
      }),
    );
  }
  return undefined;
}

function textOf(file: string, project: Project): string {
  return file.includes('/node_modules/') ? '' : (project.read(file) ?? '');
}
