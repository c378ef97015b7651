import type { NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Kind } from './kinds.ts';
import { keyName, propertyName } from './members.ts';

/** What the names in some code stand for. */
export interface Names {
  /** The scope around the code. */
  scope: Scope;
  /** Names that are declared within the code, with what is known of them. */
  inner: ReadonlyMap<string, Kind | undefined>;
  /** What tests around the code have shown, by the text of what they ask about: `req.query.id`. */
  shown?: ReadonlyMap<string, Kind> | undefined;
  /** The type that a part of what a call gives is declared with, where somebody can tell. */
  typeOfPart?: TypeOfPart | undefined;
}

/** The declared type of a property of what a call gives. */
export type TypeOfPart = (call: NodePath, property: string) => t.TSType | undefined;

/** Whether a name is that of a global which nothing around the code declares. */
export function isGlobal(name: string, { scope, inner }: Names): boolean {
  return !inner.has(name) && !scope.hasBinding(name, true);
}

/** The property that a pattern takes under a name, without a default. */
export function takenAs(pattern: t.Node, name: string): string | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  const taken = pattern.properties.find(
    (each) => each.type === 'ObjectProperty' && each.value.type === 'Identifier' && each.value.name === name,
  );
  return taken && keyName(taken);
}

/** What a constant is declared with, or a part of that: `const id = req.params.id`, `const { id } = req.params`. */
export function initOf(name: string, { scope, inner }: Names): { init: t.Node; part?: string } | undefined {
  const binding = inner.has(name) ? undefined : scope.getBinding(name);
  if (!binding?.constant || !binding.path.isVariableDeclarator()) return undefined;
  const { id, init } = binding.path.node;
  if (!init || id.type === 'Identifier') return init ? { init } : undefined;
  const part = takenAs(id, name);
  return part === undefined ? undefined : { init, part };
}

/** The text of a name, or of a member of one: `req.query.id`. */
export function plainPath(node: t.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression')
    return plainPath(node.expression);
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  const name = propertyName(node);
  const object = name === undefined ? undefined : plainPath(node.object);
  return object === undefined ? undefined : `${object}.${name}`;
}
