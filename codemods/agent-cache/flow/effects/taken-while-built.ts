import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { ownConstructions, type Told } from '../../survey/modules/own-construction.ts';
import { type Line, lineIn } from '../interpreter/agent-effects.ts';
import { readOfGiven } from '../interpreter/read-of-given.ts';

type Taken = Line & { what: string };

const known = new OncePerProject<Taken | undefined>();

/** What the class takes of one request, while the cache builds it, of what that gives it; undefined where it takes none. */
export function takenWhileBuilt(source: Told): Taken | undefined {
  const { project, path, options } = source;
  const file = project?.cacheModuleOf(path);
  if (!project || file === undefined) return undefined;
  return known.of(project, `${file} ${options.factory}`, () => {
    for (const built of ownConstructions(source, options.factory)) {
      if (built.node.arguments.every(({ type }) => type.endsWith('Literal'))) continue;
      const found = readOfGiven(fileOf(built, source), built, options.agentClass, project);
      if (found) return { what: found.what, ...lineIn(project)(found.at) };
    }
    return undefined;
  });
}
