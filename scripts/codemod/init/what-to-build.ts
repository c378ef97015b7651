import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { UsageError } from '../../cli/usage-error.ts';
import type { AgentModule } from './agent-import.ts';
import type { Built } from './cache-words.ts';
import { type DeclaredClass, declaredClass } from './declared-class.ts';
import type { PortableImport } from './portable-arguments.ts';
import { constructionsOfTree, type TreeConstructions } from './tree-constructions.ts';

/** What a cache module of a tree builds, and how. */
export interface WhatToBuild {
  built: Built | undefined;
  keyed: (Built & { argumentsType: string }) | undefined;
  /** The type of what is built, where that is not the class itself, and what it stands for. */
  type: { name: string; alias?: string } | undefined;
  imports: readonly PortableImport[];
  constructions: TreeConstructions;
}

/**
 * Finds the construction that the tree really uses.
 *
 * @param present the cache module that is there, absolute: what it builds, the places that were migrated have
 * @throws UsageError when nothing can be built: an abstract class, a constructor that wants what no place shows
 */
export function whatToBuild(
  folder: string,
  agent: AgentModule,
  sources: readonly string[],
  options: CodemodOptions,
  present?: string,
): WhatToBuild {
  const { agentClass, keyed = false } = options;
  const declared = agent.file === undefined ? undefined : declaredClass(agent.file, agentClass);
  const fail = (what: string): never => {
    throw new UsageError(`--init ${folder}: ${what}`);
  };
  if (declared?.abstract && (options.builtBy ?? 'new') === 'new')
    fail(`${agentClass} is abstract: name the class that is built with --agent-class`);
  const builder = builderOf(declared, options);
  if (declared?.closed && !builder)
    fail(
      `the constructor of ${agentClass} is not for others, and no static method of it gives one: name what does with --built-by`,
    );
  if (keyed && !builder && declared?.takesNothing)
    fail(
      `${agentClass} is built without arguments, so there is nothing to keep one for each of: leave --keyed out`,
    );
  const constructions = constructionsOfTree(sources, options, present);
  const { agreed } = constructions;
  const required = (builder ? builder.required : declared?.required) ?? [];
  const isAsync = builder?.async ?? false;
  const types = agreed?.types ?? constructions.types?.code ?? '';
  const callee = calleeOf(agentClass, builder?.name, options.builtBy) + types;
  // What nobody calls and no declaration shows may want anything.
  const isShown = builder ? isDeclared(builder.name, declared) : options.builtBy !== 'function';
  const wantsNothing = isShown && required.length === 0 && constructions.total === 0;
  const isBuildable = agreed !== undefined || wantsNothing;
  if (!isBuildable && !keyed)
    fail(
      isShown ? unbuildable(agentClass, required, constructions) : unseen(callee, agentClass, constructions),
    );
  if (isAsync && options.sync)
    fail(
      `${agentClass}.${builder?.name}() gives a promise, and --sync wants a getter that gives its agent at once`,
    );
  return {
    built: isBuildable ? { code: `${callee}(${agreed?.code ?? ''})`, async: isAsync } : undefined,
    keyed: keyed
      ? {
          code: `${callee}(...given)`,
          async: isAsync,
          argumentsType: argumentsTypeOf(callee.slice(0, callee.length - types.length)),
        }
      : undefined,
    type: typeOf(agentClass, { declared, builder: builder?.name, types, builtBy: options.builtBy }),
    imports: [...(agreed?.imports ?? []), ...(keyed || !agreed ? (constructions.types?.imports ?? []) : [])],
    constructions,
  };
}

/**
 * The type of what is built, where that is not the class as it stands: with its type arguments, or what a function or a
 * static method of a package gives, which has no name here.
 */
function typeOf(
  agentClass: string,
  {
    declared,
    builder,
    types,
    builtBy = 'new',
  }: {
    declared: DeclaredClass | undefined;
    builder: string | undefined;
    types: string;
    builtBy?: string | undefined;
  },
): WhatToBuild['type'] {
  const gives = (callee: string) => ({ name: 'Built', alias: `Awaited<ReturnType<typeof ${callee}>>` });
  if (builtBy === 'function') return gives(agentClass);
  const isOwn = builder === undefined || isDeclared(builder, declared);
  if (!isOwn) return gives(`${agentClass}.${builder}`);
  if (types !== '') return { name: `${agentClass}${types}` };
  return declared?.generic ? { name: `InstanceType<typeof ${agentClass}>` } : undefined;
}

function isDeclared(builder: string, declared: DeclaredClass | undefined): boolean {
  return declared?.builders.some(({ name }) => name === builder) === true;
}

function unseen(callee: string, agentClass: string, constructions: TreeConstructions): string {
  return constructions.total > 0
    ? unbuildable(agentClass, [], constructions)
    : `no place calls ${callee}(), and nothing else shows what to give it: name the folder of those that do`;
}

function unbuildable(agentClass: string, required: readonly string[], { total }: TreeConstructions): string {
  if (total === 0)
    return `the constructor of ${agentClass} wants ${required.join(', ')}, and no place shows what to give it: build one where it is used with what is meant for all, or ask for one entry for each set of arguments with --keyed`;
  const places =
    total === 1
      ? `the place that builds ${agentClass}`
      : `each of the ${total} places that build ${agentClass}`;
  return `${places} gives it something of its own: ask for one entry for each set of arguments with --keyed`;
}

/** The static method that builds the class: the one that was named, or the first that a closed constructor has. */
function builderOf(
  declared: DeclaredClass | undefined,
  { builtBy = 'new' }: CodemodOptions,
): DeclaredClass['builders'][number] | undefined {
  if (builtBy === 'function') return undefined;
  if (builtBy !== 'new')
    return (
      declared?.builders.find(({ name }) => name === builtBy) ?? { name: builtBy, required: [], async: false }
    );
  if (!declared?.closed) return undefined;
  return [...declared.builders].sort((a, b) => a.required.length - b.required.length)[0];
}

function calleeOf(agentClass: string, builder: string | undefined, builtBy: string | undefined): string {
  if (builtBy === 'function') return agentClass;
  return builder === undefined ? `new ${agentClass}` : `${agentClass}.${builder}`;
}

function argumentsTypeOf(callee: string): string {
  return callee.startsWith('new ')
    ? `ConstructorParameters<typeof ${callee.slice('new '.length)}>`
    : `Parameters<typeof ${callee}>`;
}
