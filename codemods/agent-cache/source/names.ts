import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';

/** The names of a file, as a walk over all of it finds them. */
export interface Names {
  /** How many scopes declare each name, globals that the file uses included. */
  readonly declared: ReadonlyMap<string, number>;
  /** Identifiers that name a type, by name: scopes do not count them as references. */
  readonly types: ReadonlyMap<string, NodePath<t.Identifier>[]>;
}

/** Walks the program for its names. Few files need it, and the walk costs as much as the scopes themselves. */
export function namesIn(program: NodePath<t.Program>): Names {
  const declared = new Map<string, number>();
  const types = new Map<string, NodePath<t.Identifier>[]>();
  const declare = (name: string) => declared.set(name, (declared.get(name) ?? 0) + 1);
  for (const name of [...Object.keys(program.scope.globals), ...Object.keys(program.scope.bindings)])
    declare(name);
  program.traverse({
    Scope({ scope }) {
      for (const name of Object.keys(scope.bindings)) declare(name);
    },
    TSTypeReference(reference) {
      const name = leftmost(reference.get('typeName'));
      if (name?.isIdentifier()) types.set(name.node.name, [...(types.get(name.node.name) ?? []), name]);
    },
  });
  return { declared, types };
}

/** How often a text has a name as a word of its own. */
export function countOfWord(text: string, name: string): number {
  return offsetsOfWord(text, name).length;
}

/** Where a text has a name as a word of its own. */
export function offsetsOfWord(text: string, name: string): number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (!isPartOfName(text[at - 1]) && !isPartOfName(text[at + name.length])) offsets.push(at);
  }
  return offsets;
}

function isPartOfName(character: string | undefined): boolean {
  return character !== undefined && /[\p{ID_Continue}$]/u.test(character);
}

function leftmost(name: NodePath<t.TSEntityName>): NodePath {
  return name.isTSQualifiedName() ? leftmost(name.get('left')) : name;
}
