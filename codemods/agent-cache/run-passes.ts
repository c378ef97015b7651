import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import MagicString from 'magic-string';
import picomatch from 'picomatch';
import { toPosix } from './analysis/module-paths.ts';
import type { Migration, Pass } from './migration.ts';
import type { CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import type { FileResult, FileStatus, Occurrence } from './result.ts';
import { parseSource } from './source/parse.ts';
import { detectTextStyle } from './source/text-style.ts';
import { traverse } from './source/traverse.ts';

/** One file as text. `path` picks the parser by its extension and says whether the file is a task. */
export interface SourceFile {
  path: string;
  source: string;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Runs the passes over one file. */
export function runPasses(
  passes: readonly Pass[],
  { path, source }: SourceFile,
  options: CodemodOptions,
  project: Project | undefined,
): FileResult {
  const mark = source.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  let migration: Migration;
  try {
    migration = openFile(path, source.slice(mark.length), options, project);
    for (const pass of passes) pass(migration);
  } catch (error) {
    return { path, status: 'error', occurrences: [], error: oneLine(error) };
  }
  const occurrences = inOrder(migration.occurrences);
  const result: FileResult = { path, status: statusOf(occurrences), occurrences };
  if (migration.edits.hasChanged()) result.output = mark + migration.edits.toString();
  return result;
}

function openFile(
  path: string,
  text: string,
  options: CodemodOptions,
  project: Project | undefined,
): Migration {
  const declaredNames = new Map<string, number>();
  const typeReferences = new Map<string, NodePath<t.Identifier>[]>();
  let program: NodePath<t.Program> | undefined;
  const declare = (name: string) => declaredNames.set(name, (declaredNames.get(name) ?? 0) + 1);
  traverse(parseSource(path, text), {
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
    isTask: picomatch.isMatch(toPosix(path), options.tasks, { dot: true, contains: false }),
    edits: new MagicString(text),
    typeReferences,
    agentBindings: [],
    constructions: [],
    factories: [],
    sites: [],
    occurrences: [],
    removedNodes: new Set(),
    removedLines: [],
    promoted: new Set(),
    providers: [],
    declaredNames,
    keptTypes: new Set(),
    cacheNames: new Map(),
  };
}

function leftmost(name: NodePath<t.TSEntityName>): NodePath {
  return name.isTSQualifiedName() ? leftmost(name.get('left')) : name;
}

function inOrder(occurrences: Occurrence[]): Occurrence[] {
  return occurrences.sort((a, b) => a.line - b.line || a.column - b.column);
}

function statusOf(occurrences: readonly Occurrence[]): FileStatus {
  const manual = occurrences.filter(({ action }) => action === 'manual').length;
  if (occurrences.length === 0) return 'unchanged';
  if (manual === 0) return 'migrated';
  return manual === occurrences.length ? 'manual' : 'partial';
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]?.trim() ?? message;
}
