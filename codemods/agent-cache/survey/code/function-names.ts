import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import { keyName, propertyName } from './members.ts';
import { OncePerProject } from './once-per-project.ts';

const known = new OncePerProject<ReadonlySet<string>>();

/**
 * Whether a file has a function, a method or an accessor of a name. Of each file its names alone are kept: a question by
 * a name is about all files of a tree, and their syntax trees together are more than is.
 */
export function hasFunctionNamed(name: string, file: string, project: Project): boolean {
  return known.of(project, file, () => namesIn(file, project)).has(name);
}

function namesIn(file: string, project: Project): ReadonlySet<string> {
  const names = new Set<string>();
  const text = project.read(file);
  if (text === undefined) return names;
  try {
    noteNames(sourcesOf(project).tree(file, text).program, undefined, names);
  } catch {
    // What cannot be parsed has told so where it is looked at by itself.
  }
  return names;
}

function noteNames(node: t.Node, parent: t.Node | undefined, names: Set<string>): void {
  const name = functionName(node, parent);
  if (name !== undefined) names.add(name);
  const around = isWrapper(node) ? parent : node;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key.endsWith('Comments') || typeof value !== 'object' || value === null) continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === 'string') noteNames(child, around, names);
  }
}

/**
 * The name that a function goes by: its own, its key, or that of what it is given to; undefined for what is no function.
 *
 * @param parent what stands around it and the assertions of its type
 */
export function functionName(node: t.Node, parent: t.Node | undefined): string | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
      return node.id?.name;
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return keyName(node);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return parent && givenName(parent);
    default:
      return undefined;
  }
}

function givenName(parent: t.Node): string | undefined {
  if (parent.type === 'VariableDeclarator')
    return parent.id.type === 'Identifier' ? parent.id.name : undefined;
  if (parent.type === 'AssignmentExpression')
    return parent.left.type === 'MemberExpression' ? propertyName(parent.left) : undefined;
  return keyName(parent);
}

function isWrapper({ type }: t.Node): boolean {
  return /^(TS(As|Satisfies|NonNull)Expression|TSTypeAssertion|ParenthesizedExpression|AwaitExpression)$/.test(
    type,
  );
}
