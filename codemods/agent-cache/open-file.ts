import { posix, resolve } from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import MagicString from 'magic-string';
import picomatch from 'picomatch';
import { toPosix } from './analysis/module-paths.ts';
import type { Migration } from './migration.ts';
import type { CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import { parseSource } from './source/parse.ts';
import { detectTextStyle } from './source/text-style.ts';
import { traverse } from './source/traverse.ts';

/**
 * Parses one file, unless it is parsed already, and sets up the state that the passes share. `text` is without its
 * byte order mark.
 * @throws SyntaxError when the text does not parse
 */
export function openFile(
  path: string,
  text: string,
  options: CodemodOptions,
  project: Project | undefined,
  parsed: t.File = parseSource(path, text),
): Migration {
  const declaredNames = new Map<string, number>();
  const typeReferences = new Map<string, NodePath<t.Identifier>[]>();
  let program: NodePath<t.Program> | undefined;
  const declare = (name: string) => declaredNames.set(name, (declaredNames.get(name) ?? 0) + 1);
  traverse(parsed, {
    Program(found) {
      program = found;
      for (const name of Object.keys(found.scope.globals)) declare(name);
    },
    Scope({ scope }) {
      for (const name of Object.keys(scope.bindings)) declare(name);
    },
    TSTypeReference(reference) {
      const name = leftmost(reference.get('typeName'));
      if (name?.isIdentifier())
        typeReferences.set(name.node.name, [...(typeReferences.get(name.node.name) ?? []), name]);
    },
  });
  if (!program) throw new SyntaxError('The file has no program.');
  return {
    path,
    text,
    options,
    project,
    program,
    style: detectTextStyle(text),
    isTask: picomatch.isMatch(pathInPackage(path, project), options.tasks, { dot: true }),
    edits: new MagicString(text),
    typeReferences,
    agentBindings: [],
    constructions: [],
    factories: [],
    remoteFactories: [],
    sites: [],
    occurrences: [],
    removedNodes: new Set(),
    removedLines: [],
    promoted: new Set(),
    providers: [],
    declaredNames,
    keptTypes: new Set(),
    keptImports: new Set(),
    cacheNames: new Map(),
  };
}

function leftmost(name: NodePath<t.TSEntityName>): NodePath {
  return name.isTSQualifiedName() ? leftmost(name.get('left')) : name;
}

/** The path by which a file is told to be a task: from the root of its package, so that folders above do not count. */
function pathInPackage(file: string, project: Project | undefined): string {
  const root = project?.packageRootOf(file);
  return root === undefined ? toPosix(file) : posix.relative(root, toPosix(resolve(file)));
}
