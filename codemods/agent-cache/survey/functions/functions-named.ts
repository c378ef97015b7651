import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { keptWith } from '../../source/kept-with.ts';
import { functionName, hasFunctionNamed } from '../code/function-names.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { programOfFile } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { outermostSame } from '../code/wrappers.ts';

/** How a function is come to: it is called, or a property is read or set. */
export type Way = 'call' | 'get' | 'set';

/** The functions and methods of the tree that go by a name, for an object of which nothing else is known. */
export function functionsNamed(name: string, way: Way, source: Source): FunctionPath[] {
  if (!/^\w+$/.test(name)) return [];
  const others = filesDeclaring(name, source).flatMap((file) => programOfFile(file, source) ?? []);
  return [source.program, ...others].flatMap((program) =>
    (functionsIn(program).get(`${way} ${name}`) ?? []).filter((fn) => !isOfAgent(fn, source)),
  );
}

const declaring = new OncePerProject<readonly string[]>();

/** The other files that have a function of a name: each call by it in a file asks. */
function filesDeclaring(name: string, { project, path }: Source): readonly string[] {
  if (!project) return [];
  return declaring.of(project, `${path} ${name}`, () => {
    // Where it is only called, nothing is declared.
    const declares = new RegExp(`(?<![.\\w$])${name}\\s*[(=:<?,}]|\\.${name}\\s*=[^=]`);
    return project
      .filesOfAllMentioning(path, name)
      .filter((file) => declares.test(project.read(file) ?? '') && hasFunctionNamed(name, file, project));
  });
}

/** What the agent's own class does is judged by itself. */
function isOfAgent(fn: FunctionPath, { options }: Source): boolean {
  const owner = fn.findParent((each) => each.isClass());
  return owner?.isClass() === true && owner.node.id?.name === options.agentClass;
}

/** The functions of a file, by how they are come to and their name. */
function functionsIn(program: NodePath<t.Program>): ReadonlyMap<string, readonly FunctionPath[]> {
  return keptWith(program, 'functions by name', () => {
    const found = new Map<string, FunctionPath[]>();
    program.traverse({
      Function(path) {
        const fn = path as FunctionPath;
        const name = functionName(fn.node, outermostSame(fn).parent);
        const kind = 'kind' in fn.node ? fn.node.kind : 'method';
        if (name === undefined || kind === 'constructor') return;
        const key = `${kind === 'get' || kind === 'set' ? kind : 'call'} ${name}`;
        found.set(key, [...(found.get(key) ?? []), fn]);
      },
    });
    return found;
  });
}
