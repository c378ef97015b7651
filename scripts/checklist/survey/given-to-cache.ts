import type { Node } from '@babel/types';
import type { Way } from '../cache/way.ts';
import { walk } from '../source/walk.ts';
import { pathTo } from './argument-source.ts';
import { runsOnce } from './copies/starts.ts';
import { givenBackBy, isFunction, lastName, wrapped } from './way-syntax.ts';

/** A use of what an owner exports. */
interface Use {
  way: Way;
  node: Node;
}

/**
 * Of what a module builds, what the cache alone is given: in a function that it is given to build by, however many
 * statements that has, and what is built once as the process starts, and handed to it.
 *
 * @param given what calls of the cache are given
 */
export function givenToCache<Found extends Use>(
  uses: readonly Found[],
  given: ReadonlyMap<Node, readonly Node[]>,
  program: Node,
): ReadonlySet<Found> {
  const own = new Set<Found>();
  // What is handed on without being called is in the hands of others.
  const built = uses.filter(({ way }) => way.steps.some(({ kind }) => kind === 'call' || kind === 'new'));
  if (given.size === 0 || built.length === 0) return own;
  const around = new Map(built.map((use) => [use, pathTo(program, use.node)]));
  const scopeOf = (use: Found) => around.get(use)?.findLast(isFunction) ?? program;
  for (const [call, all] of given) {
    const path = [...pathTo(program, call), call];
    const functions = all.flatMap((each) => functionsIn(each, given, program));
    if (!runsOnce(path)) {
      // What is called by a request may call it at once: of a function that does more nothing tells what comes of that.
      const whole = functions.map(givenBackBy);
      for (const use of built) if (whole.includes(use.node)) own.add(use);
      continue;
    }
    for (const use of built) if (functions.includes(scopeOf(use))) own.add(use);
    const scope = path.findLast(isFunction) ?? program;
    const here = built.filter((use) => scopeOf(use) === scope);
    const handed = here.filter(({ node }) => all.some((each) => bare(each) === bare(node)));
    for (const use of here) if (handed.some(({ way }) => begins(use.way, way))) own.add(use);
  }
  return own;
}

/** The functions in what is given: by themselves, in an object, or by a name that nothing else uses. */
function functionsIn(given: Node, all: ReadonlyMap<Node, readonly Node[]>, program: Node): Node[] {
  const node = bare(given);
  if (isFunction(node)) return node.params.length === 0 ? [node] : [];
  if (node.type === 'ObjectExpression')
    return node.properties.flatMap((each) =>
      each.type === 'ObjectMethod'
        ? functionsIn(each, all, program)
        : each.type === 'ObjectProperty'
          ? functionsIn(each.value, all, program)
          : [],
    );
  if (node.type !== 'Identifier') return [];
  const { name } = node;
  let declared: Node | undefined;
  let uses = 0;
  walk(program, (each) => {
    if (each.type === 'FunctionDeclaration' && each.id?.name === name) declared = each;
    if (each.type === 'VariableDeclarator' && lastName(each.id) === name && each.init) declared = each.init;
    if (each.type === 'Identifier' && each.name === name) uses += 1;
  });
  const asGiven = [...all.values()].flat().flatMap((each) => namesIn(each).filter((own) => own === name));
  // Its declaration is one, and what it is given as the others: an export, or a call, would be one more.
  const isAlone = uses === asGiven.length + 1 && !isExported(name, program);
  return isAlone && declared !== undefined && isFunction(declared) && declared.params.length === 0
    ? [declared]
    : [];
}

function namesIn(given: Node): string[] {
  const node = bare(given);
  if (node.type === 'Identifier') return [node.name];
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((each) => {
    if (each.type !== 'ObjectProperty') return [];
    const key = !each.computed && each.key.type === 'Identifier' ? [each.key.name] : [];
    return [...(each.shorthand ? [] : key), ...namesIn(each.value), ...(each.shorthand ? key : [])];
  });
}

function isExported(name: string, program: Node): boolean {
  const body = program.type === 'Program' ? program.body : [];
  return body.some((each) => {
    const declared = each.type === 'ExportNamedDeclaration' || each.type === 'ExportDefaultDeclaration';
    let found = false;
    if (declared && each.declaration)
      walk(each.declaration, (node) => {
        const id = 'id' in node && typeof node.id === 'object' ? node.id : undefined;
        found ||= id != null && 'name' in id && id.name === name;
      });
    return found;
  });
}

function begins(way: Way, other: Way): boolean {
  return (
    way.file === other.file &&
    way.name === other.name &&
    other.steps.every((step, index) => step.kind === way.steps[index]?.kind)
  );
}

function bare(node: Node): Node {
  const below = wrapped(node);
  return below === undefined ? node : bare(below);
}
