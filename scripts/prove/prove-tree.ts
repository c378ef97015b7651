import { existsSync } from 'node:fs';
import path from 'node:path';
import { expressMajorOf } from '../../codemods/agent-cache/files/express-version.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Assumption } from '../../codemods/agent-cache/options.ts';
import { parses } from '../../codemods/agent-cache/source/parse.ts';
import { parseArguments } from '../codemod/arguments.ts';
import type { PlaceReport } from '../codemod/report.ts';
import { resolveOptions } from '../codemod/resolve-options.ts';
import { UsageError } from '../cli/usage-error.ts';
import type { ProveArguments } from './arguments.ts';
import { codemodRun, initRun, toolsOf } from './codemod-run.ts';
import type { CopiedTree } from './copied-tree.ts';
import { type Counts, countsOf } from './counts.ts';
import { type ChangedTest, changedTests, type TestResults, testResults } from './test-results.ts';
import { changedFiles, putBack, type Texts, textsOf } from './texts-of-tree.ts';
import { addedErrors, type CheckedPart, partsOf, type TypeFault, typeErrors } from './type-errors.ts';

/** What a migration of a tree came to; the paths in it lead from the top of the tree on. */
export interface Proof {
  version: 1;
  /** Whether nothing went wrong: no new type error, no changed test, no construction unseen, nothing that a second run changes. */
  ok: boolean;
  commit?: string;
  files: number;
  /** The major version of Express; absent where the tree asks for none. */
  express?: number;
  agentClass: string;
  counts: Counts;
  places: (PlaceReport & { path: string })[];
  assumptions: readonly Assumption[];
  /** What `--init` said, where it wrote no cache module. */
  init?: string;
  /** Files that were written and do not parse any more. */
  broken: string[];
  types: { parts: string[]; before: number; after: number; added: TypeFault[] };
  /** Files that a second run changes again. */
  changedAgain: string[];
  tests?: { before: number; after: number; changed: ChangedTest[] };
  codemod: { exitCode: number };
}

const UNCHECKED: Proof['types'] = { parts: [], before: 0, after: 0, added: [] };

/**
 * Migrates the copy of a tree, and compares it with what it was.
 *
 * @throws UsageError when a path is not there, and when the codemod gives no report
 */
export async function proveTree(
  { root, commit }: CopiedTree,
  { paths, options: given, test, tools: checkout }: ProveArguments,
): Promise<Proof> {
  const tools = toolsOf(checkout);
  const absolute = paths.map((each) => path.join(root, each));
  const missing = paths.find((_, index) => !existsSync(absolute[index] ?? root));
  if (missing !== undefined) throw new UsageError(`${missing}: there is no such path in the repository`);
  const options = await optionsOf(given, absolute);
  const before = textsOf(absolute);
  const testsBefore = test === undefined ? undefined : await testResults(test, root);
  const init = await initRun(tools, root, paths[0] ?? '.', given);
  const run = await codemodRun(tools, root, [...given, ...paths], 'report');
  if (!run.report) throw new UsageError(`the codemod gave no report: ${(run.output || init.output).trim()}`);
  const after = textsOf(absolute);
  const changed = changedFiles(before, after);
  // Of another checkout only what it migrates is asked.
  const isOurs = checkout === undefined;
  const types = isOurs ? checkedTypes(root, changed, before, after) : UNCHECKED;
  if (isOurs) await codemodRun(tools, root, [...given, ...paths], 'again');
  const changedAgain = changedFiles(after, textsOf(absolute));
  const broken = changed.filter((file) => !parses(file, after.get(file) ?? ''));
  const tests = testsBefore && test !== undefined ? await testsAfter(test, root, testsBefore) : undefined;
  const counts = countsOf(root, before, after, run.report, options);
  const isUntouched = types.added.length + changedAgain.length + broken.length + counts.notSeen.length === 0;
  const express = expressMajorOf([...before.keys()][0] ?? path.join(root, 'index.js'));
  return {
    version: 1,
    ok: isUntouched && (tests?.changed.length ?? 0) === 0,
    ...(commit !== undefined && { commit }),
    files: before.size,
    ...(express !== undefined && { express }),
    agentClass: options.agentClass,
    counts,
    places: run.report.files.flatMap((file) =>
      file.occurrences.map((place) => ({ ...place, path: file.path })),
    ),
    // A checkout of before they were told of has none.
    assumptions: run.report.assumptions ?? [],
    ...(init.exitCode !== 0 && { init: init.output.trim() }),
    broken: broken.map((file) => path.relative(root, file)),
    types,
    changedAgain: changedAgain.map((file) => path.relative(root, file)),
    ...(tests && { tests }),
    codemod: { exitCode: run.exitCode },
  };
}

/** The options as the codemod reads them: from its flags, and from a configuration in the tree. */
async function optionsOf(given: readonly string[], paths: readonly string[]): Promise<CodemodOptions> {
  const asked = parseArguments([...given, ...paths]);
  if ('text' in asked) throw new UsageError('that option of the codemod answers by text alone');
  return await resolveOptions(asked);
}

function checkedTypes(root: string, changed: readonly string[], before: Texts, after: Texts): Proof['types'] {
  const parts = partsOf(root, changed);
  const now = typeErrors(root, parts, changed);
  putBack(changed, before);
  const then = typeErrors(
    root,
    parts,
    changed.filter((file) => before.has(file)),
  );
  putBack(changed, after);
  const count = (parts: readonly CheckedPart[]) => parts.reduce((sum, { errors }) => sum + errors.length, 0);
  return {
    parts: now.map(({ name }) => name),
    before: count(then),
    after: count(now),
    added: addedErrors(then, now),
  };
}

async function testsAfter(command: string, root: string, before: TestResults): Promise<Proof['tests']> {
  const after = await testResults(command, root);
  return { before: before.tests.size, after: after.tests.size, changed: changedTests(before, after) };
}
