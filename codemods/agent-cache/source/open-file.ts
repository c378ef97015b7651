import MagicString from 'magic-string';
import type { Migration } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { namesIn } from './names.ts';
import { sourcesOf } from './sources.ts';
import { detectTextStyle } from './text-style.ts';
import { isTaskFile } from './task-files.ts';

/**
 * Parses one file and sets up the state that the passes share. `text` is without its byte order mark.
 * @throws SyntaxError when the text does not parse
 */
export function openFile(
  path: string,
  text: string,
  options: CodemodOptions,
  project: Project | undefined,
): Migration {
  const program = sourcesOf(project).program(path, text);
  return {
    path,
    text,
    options,
    project,
    program,
    style: detectTextStyle(text),
    isTask: isTaskFile(path, options, project),
    edits: new MagicString(text),
    agentBindings: [],
    constructions: [],
    lateConstructions: [],
    factories: [],
    remoteFactories: [],
    factoryValues: [],
    sites: [],
    occurrences: [],
    notes: [],
    dependsOn: new Set(),
    restsOn: new Set(),
    assumed: new Set(),
    removedNodes: new Set(),
    keptNodes: new Set(),
    removedLines: [],
    promoted: new Set(),
    passing: new Set(),
    awaitedCalls: new Set(),
    providers: [],
    readAhead: [],
    names: memoized(() => namesIn(program)),
    keptTypes: new Set(),
    keptImports: new Set(),
    orphans: [],
    cacheNames: new Map(),
    lateNames: new Map(),
  };
}

function memoized<Value extends object>(find: () => Value): () => Value {
  let found: Value | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
