import type { Source } from '../../migration.ts';
import { FileFacts } from '../code/file-facts.ts';
import { functionName, hasFunctionNamed } from '../code/function-names.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';

/** How a function is come to: it is called, or a property is read or set. */
export type Way = 'call' | 'get' | 'set';

interface Named {
  name: string;
  way: Way;
  fn: FunctionPath;
}

/** The functions and methods of the tree that go by a name, for an object of which nothing else is known. */
export function functionsNamed(name: string, way: Way, source: Source): FunctionPath[] {
  const { project, program, path } = source;
  if (!/^\w+$/.test(name)) return [];
  // Where it is only called, nothing is declared.
  const declares = new RegExp(`(?<![.\\w$])${name}\\s*[(=:<?,}]|\\.${name}\\s*=[^=]`);
  const mentioning = project?.filesOfAllMentioning(path, name) ?? [];
  const files = mentioning.filter(
    (file) => project && declares.test(project.read(file) ?? '') && hasFunctionNamed(name, file, project),
  );
  return [...named.ofProgram(program, source), ...named.ofFiles(files, source)].flatMap((each) =>
    each.name === name && each.way === way && !isOfAgent(each.fn, source) ? [each.fn] : [],
  );
}

/** What the agent's own class does is judged by itself. */
function isOfAgent(fn: FunctionPath, { options }: Source): boolean {
  const owner = fn.findParent((each) => each.isClass());
  return owner?.isClass() === true && owner.node.id?.name === options.agentClass;
}

const named = new FileFacts<Named>('functions by name', undefined, (program) => {
  const found: Named[] = [];
  program.traverse({
    Function(path) {
      const fn = path as FunctionPath;
      const name = functionName(fn.node, outermostSame(fn).parent);
      const kind = 'kind' in fn.node ? fn.node.kind : 'method';
      if (name !== undefined && kind !== 'constructor')
        found.push({ name, fn, way: kind === 'get' || kind === 'set' ? kind : 'call' });
    },
  });
  return found;
});
