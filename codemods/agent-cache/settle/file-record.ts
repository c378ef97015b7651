import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { ExportedFactory, Factory, Judged, Migration, RemoteFactory, Surveyed } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import { hasCommands } from '../files/command-files.ts';
import { hasSourceInside } from '../files/excluded.ts';
import { judgedFile } from '../judge/judged-file.ts';
import { ownProblem } from './own-problem.ts';
import type { Project } from '../project.ts';
import { OncePerProject } from '../survey/code/once-per-project.ts';
import { factoriesOver, valuesLeftOf } from './factory-uses.ts';
import { codeOf } from '../source/code-of.ts';

/** A place in a file: both 1-based, the column in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

/** What a file makes of one factory of another. */
export interface ImportedUse {
  /** The use that keeps the factory as it is, whatever else. */
  blocked: Position | undefined;
  /** It has calls that are rewritten, which has to be done before the factory may give a promise. */
  follows: boolean;
  /** Factories of the file that are built of this one, by their place among its factories: one that stays keeps it. */
  over: readonly { factory: number; at: Position }[];
}

/** What the other files have to know of one of a file's factories. */
export interface FactoryRecord {
  name: string;
  exported: boolean;
  /** Something in its own file keeps it as it is. */
  blocked: boolean;
  /** The factories of the same file that are built of it. */
  over: readonly number[];
  /** It gives a promise before as well as after, of an agent of its own for each call. */
  async: boolean;
  /** It goes on calling the factory that it is built of, and waits for that from then on. */
  waits: boolean;
}

/** What a run has to know of a file to settle the factories of others: no node of it, so that it may be kept. */
export interface FileRecord {
  factories: readonly FactoryRecord[];
  /** By `keyOf` each factory that the file has from another. */
  uses: ReadonlyMap<string, ImportedUse>;
}

const records = new OncePerProject<FileRecord | undefined>();

/** The record of a file, made once; undefined for a file that does not parse, or not as a whole, which may do anything. */
export function recordOf(file: string, project: Project, options: CodemodOptions): FileRecord | undefined {
  return records.of(project, file, () => {
    // The tags around a script may pass for JSX.
    if (hasSourceInside(file) || hasCommands(path.posix.basename(file))) return undefined;
    const text = codeOf(file, project);
    try {
      return recorded(judgedFile(file, text, options, project), file, project);
    } catch {
      return undefined;
    }
  });
}

/** What a factory is known by: its file, and its name there. */
export function keyOf(file: string, name: string): string {
  return `${file}\n${name}`;
}

/** The file of a factory that is known by a key. */
export function fileOfKey(key: string): string {
  return key.slice(0, key.indexOf('\n'));
}

function recorded(judged: Migration, file: string, project: Project): FileRecord {
  const { factories, remoteFactories, factoryValues } = judged;
  const isCache = project.isCacheFile(file);
  const isLeftOut = isCache || !project.isToMigrate(file);
  const imported = new Map<string, ExportedFactory>();
  for (const { exported } of [...remoteFactories, ...factoryValues])
    imported.set(keyOf(exported.file, exported.declared), exported);
  const useOf = isLeftOut
    ? (key: string) => useLeft(key, judged, isCache)
    : (key: string) => useIn(key, judged);
  return {
    factories: factories.map((factory) => factoryRecord(factory, judged)),
    uses: new Map([...imported.keys()].map((key) => [key, useOf(key)])),
  };
}

function factoryRecord(factory: Factory, judged: Migration): FactoryRecord {
  const isLeft = judged.sites.some((site) => site.factory === factory && site.plan?.form === 'manual');
  return {
    name: factory.name,
    exported: factory.exported,
    blocked: isLeft || ownProblem(factory, judged) !== undefined || valuesLeftOf(factory, judged).length > 0,
    over: factoriesOver(factory, judged).map((each) => judged.factories.indexOf(each)),
    async: factory.async && !factory.memo,
    waits: factory.over !== undefined,
  };
}

function theirsIn({ remoteFactories, factoryValues }: Surveyed, key: string) {
  const isIt = ({ exported }: { exported: ExportedFactory }) =>
    keyOf(exported.file, exported.declared) === key;
  const theirs = remoteFactories.filter(isIt);
  const calls = theirs.flatMap((remote): NodePath[] => [...remote.calls, ...remote.passed]);
  return { theirs, calls, value: factoryValues.find(isIt)?.reference };
}

function useIn(key: string, judged: Judged): ImportedUse {
  const { theirs, calls, value } = theirsIn(judged, key);
  const left = value ?? leftSite(judged, theirs);
  const sources = new Set(calls.map(({ node }) => node));
  return {
    blocked: left && positionOf(left),
    follows: !value && calls.length > 0,
    over: judged.factories.flatMap(({ source }, factory) =>
      sources.has(source.node) ? [{ factory, at: positionOf(source) }] : [],
    ),
  };
}

/**
 * In a file that stays as it is, an `await` takes an agent and the promise of one alike, where the file is not that from
 * which the promise would come.
 */
function useLeft(key: string, judged: Judged, isCache: boolean): ImportedUse {
  const { calls, value, theirs } = theirsIn(judged, key);
  const ofOne = theirs.filter(({ exported }) => exported.keeps);
  const blocking =
    value ??
    calls.find(({ parent }) => isCache || parent.type !== 'AwaitExpression') ??
    leftSite(judged, ofOne);
  return { blocked: blocking && positionOf(blocking), follows: false, over: [] };
}

function leftSite({ sites }: Judged, theirs: readonly RemoteFactory[]): NodePath | undefined {
  const left = sites.find(({ remote, plan }) => remote && theirs.includes(remote) && plan?.form === 'manual');
  return left?.expression;
}

function positionOf({ node }: NodePath): Position {
  const { line = 1, column = 0 } = node.loc?.start ?? {};
  return { line, column: column + 1 };
}
