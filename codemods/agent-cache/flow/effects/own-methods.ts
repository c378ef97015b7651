import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { type ClassPart, partsOfClass } from './agent-class.ts';
import { declaringFile, fileBuiltBy } from '../../survey/modules/agent-file.ts';
import { keyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';

/** What the source of the agent's class says of one of its methods. */
export interface MethodFacts {
  /** It gives a promise. */
  async: boolean;
  takesArguments: boolean;
}

type Methods = ReadonlyMap<string, MethodFacts>;

const known = new OncePerProject<Methods>();

/** The methods of the agent's class, by name; empty when its module cannot be read. */
export function ownMethods(migration: Surveyed): Methods {
  const { project, options } = migration;
  const file = classFileOf(migration);
  if (!project || !file) return new Map();
  return known.of(project, file, () => readMethods(partsOfClass(file, options.agentClass, project)));
}

/** The file of the class that the migration's file imports, or that its cache builds. */
export function classFileOf({ project, agentBindings, path, options }: Surveyed): string | undefined {
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
  return facts;
}

/** A method, or the function that a field holds. */
function functionOf(member: t.Node): t.Function | undefined {
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') return member;
  const value = member.type === 'ClassProperty' ? member.value : undefined;
  return value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression'
    ? value
    : undefined;
}

function factsOf({ async, generator, returnType, params }: t.Function, { text }: ClassPart): MethodFacts {
  return {
    async:
      (async && !generator) ||
      (returnType ? /^:\s*Promise\b/.test(text.slice(returnType.start ?? 0)) : false),
    takesArguments: params.length > 0,
  };
}
