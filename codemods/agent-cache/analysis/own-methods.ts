import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { parseSource } from '../source/parse.ts';

/** What the source of the agent's class says of one of its methods. */
export interface MethodFacts {
  /** It gives a promise. */
  async: boolean;
  /** It keeps one of its arguments in the instance. */
  keepsArgument: boolean;
}

const known = new WeakMap<object, Map<string, ReadonlyMap<string, MethodFacts>>>();

/** The methods of the agent's class, by name; empty when its module cannot be read. */
export function ownMethods(migration: Migration): ReadonlyMap<string, MethodFacts> {
  const { project, agentBindings, path, options } = migration;
  const specifier = agentBindings[0]?.module.value;
  const file = specifier === undefined ? undefined : project?.resolve(path, specifier);
  if (!project || !file) return new Map();
  const files = known.get(project) ?? new Map<string, ReadonlyMap<string, MethodFacts>>();
  known.set(project, files);
  const facts = files.get(file) ?? readMethods(file, project.read(file) ?? '', options.agentClass);
  files.set(file, facts);
  return facts;
}

function readMethods(file: string, text: string, agentClass: string): ReadonlyMap<string, MethodFacts> {
  const facts = new Map<string, MethodFacts>();
  let statements: t.Statement[];
  try {
    statements = parseSource(file, text).program.body;
  } catch {
    return facts;
  }
  for (const statement of statements) {
    const declared = declarationIn(statement);
    if (declared?.type !== 'ClassDeclaration' || (declared.id && declared.id.name !== agentClass)) continue;
    for (const member of declared.body.body) {
      if (member.type !== 'ClassMethod' || member.key.type !== 'Identifier') continue;
      const { async, returnType, params, body } = member;
      facts.set(member.key.name, {
        async: async || (returnType ? /^:\s*Promise\b/.test(text.slice(returnType.start ?? 0)) : false),
        keepsArgument: keepsAny(params.flatMap(nameOfParam), text.slice(body.start ?? 0, body.end ?? 0)),
      });
    }
  }
  return facts;
}

function declarationIn(statement: t.Statement): t.Node | null | undefined {
  const exported =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return exported ? statement.declaration : statement;
}

function nameOfParam(param: t.Node): string[] {
  if (param.type === 'AssignmentPattern') return nameOfParam(param.left);
  return param.type === 'Identifier' ? [param.name] : [];
}

function keepsAny(params: readonly string[], body: string): boolean {
  return params.some((name) =>
    new RegExp(`\\bthis\\.[\\w#.]+(?:\\s*=\\s*[^=;]*|\\.(?:push|add|set|unshift)\\([^;]*)\\b${name}\\b`).test(
      body,
    ),
  );
}
