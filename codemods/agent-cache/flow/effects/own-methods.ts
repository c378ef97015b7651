import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { type ClassLine, type ClassPart, lineIn, partsOfClass } from './agent-class.ts';
import { declaringFile, fileBuiltBy } from '../../survey/modules/agent-file.ts';
import { keyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';

/** What the source of the agent's class says of one of its methods. */
export interface MethodFacts {
  /** It gives a promise. */
  async: boolean;
  /** Where it, or a method that it calls, keeps one of its arguments in the instance. */
  keepsArgument: ClassLine | undefined;
  takesArguments: boolean;
  /** Where it assigns to the instance, whatever it is. */
  writes: ClassLine | undefined;
}

type Methods = ReadonlyMap<string, MethodFacts>;

const known = new OncePerProject<Methods>();
const WRITES =
  /\bthis(?:\.[\w#.]+|\[[^\]]+\])\s*(?:\+\+|--|(?:[-+*/%]|\|\||&&)?=(?![=>]))|\bthis\.[\w#.]+\.clear\(/;

/** The methods of the agent's class, by name; empty when its module cannot be read. */
export function ownMethods(migration: Migration): Methods {
  const { project, options } = migration;
  const file = classFileOf(migration);
  if (!project || !file) return new Map();
  return known.of(project, file, () => readMethods(partsOfClass(file, options.agentClass, project)));
}

/** The file of the class that the migration's file imports, or that its cache builds. */
export function classFileOf({ project, agentBindings, path, options }: Migration): string | undefined {
  const specifier = agentBindings[0]?.module.value;
  const file = specifier === undefined ? undefined : project?.resolve(path, specifier);
  if (project && file) return declaringFile(file, project, options);
  const cacheModule = specifier === undefined ? project?.cacheModuleOf(path) : undefined;
  return project && cacheModule ? fileBuiltBy(cacheModule, project, options) : undefined;
}

function readMethods(parts: readonly ClassPart[]): Methods {
  const facts = new Map<string, MethodFacts>();
  // What a class declares itself comes in the place of what it inherits.
  for (const part of [...parts].reverse()) {
    for (const member of part.members) {
      const name = keyName(member);
      const fn = functionOf(member);
      if (name !== undefined && fn) facts.set(name, factsOf(fn, part));
    }
  }
  for (const { members, text } of parts) {
    for (const member of members) {
      const name = keyName(member);
      const fn = functionOf(member);
      const own = name === undefined ? undefined : facts.get(name);
      if (own && fn && !own.async) own.keepsArgument ??= lineOfKeeper(fn, text, facts);
    }
  }
  return facts;
}

/** The text of a member's function; empty for a member that is none. */
export function bodyOf(member: t.Node, text: string): string {
  const fn = functionOf(member);
  return fn ? text.slice(fn.body.start ?? 0, fn.body.end ?? 0) : '';
}

/** A method, or the function that a field holds. */
export function functionOf(member: t.Node): t.Function | undefined {
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') return member;
  const value = member.type === 'ClassProperty' ? member.value : undefined;
  return value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression'
    ? value
    : undefined;
}

function factsOf({ async, generator, returnType, params, body }: t.Function, part: ClassPart): MethodFacts {
  const { text } = part;
  const start = body.start ?? 0;
  const code = text.slice(start, body.end ?? 0);
  const kept = params.flatMap(namesOfParam).flatMap((name) => keptAt(name, code) ?? []);
  const written = WRITES.exec(code)?.index;
  return {
    async:
      (async && !generator) ||
      (returnType ? /^:\s*Promise\b/.test(text.slice(returnType.start ?? 0)) : false),
    keepsArgument: kept.length > 0 ? lineIn(part, start + Math.min(...kept)) : undefined,
    takesArguments: params.length > 0,
    writes: written === undefined ? undefined : lineIn(part, start + written),
  };
}

function namesOfParam(param: t.Node): string[] {
  if (param.type === 'AssignmentPattern') return namesOfParam(param.left);
  if (param.type === 'RestElement') return namesOfParam(param.argument);
  if (param.type !== 'ObjectPattern') return param.type === 'Identifier' ? [param.name] : [];
  return param.properties.flatMap((property) =>
    namesOfParam(property.type === 'RestElement' ? property : property.value),
  );
}

/** The line of the method to which another one of the class gives an argument, where that keeps it. */
function lineOfKeeper({ params, body }: t.Function, text: string, facts: Methods): ClassLine | undefined {
  const code = text.slice(body.start ?? 0, body.end ?? 0);
  const names = params.flatMap(namesOfParam);
  const keeper = [...code.matchAll(/\bthis\.(#?\w+)\(([^;]*)/g)].find(
    ([, method = '', given = '']) =>
      facts.get(method)?.keepsArgument !== undefined &&
      names.some((name) => new RegExp(`\\b${name}\\b`).test(given)),
  );
  return facts.get(keeper?.[1] ?? '')?.keepsArgument;
}

/** Where the code of a method puts an argument into the instance. */
function keptAt(name: string, code: string): number | undefined {
  const own = String.raw`\bthis(?:\.[\w#.]+|\[[^\]]+\])`;
  const kept = String.raw`(?:\s*=\s*[^=;]*|\.(?:push|add|set|unshift)\([^;]*)`;
  return new RegExp(`(?:${own}${kept}|\\bObject\\.assign\\(\\s*this\\b[^;]*)\\b${name}\\b`).exec(code)?.index;
}
