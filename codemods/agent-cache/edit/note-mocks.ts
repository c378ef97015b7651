import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Site } from '../migration.ts';
import type { Project } from '../project.ts';
import { classFileOf } from '../flow/effects/own-methods.ts';
import { bindingNamed } from '../survey/code/bindings.ts';
import { loadedBy } from '../survey/code/loaded-by.ts';
import { keyName } from '../survey/code/members.ts';
import { OncePerProject } from '../survey/code/once-per-project.ts';
import { programOfFile } from '../survey/code/opened-files.ts';
import { shownPath } from '../survey/code/place-at.ts';
import { wordsOf } from '../survey/code/words.ts';
import { keptCall } from './text/acquisition.ts';

/** How tests put something in the place of a module. */
const MOCKS =
  /^(mock|doMock|unstable_mockModule|mockModule|setMock|module|replace(Esm|Cjs)?|quibble|rewiremock)$/;
/** How they put something in the place of one function of a module. */
const STUBS = /^(stub|spyOn|spy|fake|method|replace\w*)$/;
/** How they load a module with others in the place of those that it loads. */
const LOADS_WITH = /^(proxyquire|esmock|load|noCallThru|p|strict|noPreserveCache)$/;
const MENTIONS = /mock|\b(?:proxyquire|rewire|quibble|replace|stub|spyOn)/i;

/** What a place called before, or built, and no longer does. */
interface Called {
  file: string;
  name: string;
  /** The cache builds it in its place: only what is put into the place's own file is lost. */
  isClass?: true;
}

/**
 * Notes the mocks of the factories that places called, and of the class where one is given to the place's file alone: the
 * places take their agents from the cache from now on, and what a test puts there never comes to them.
 */
export function noteMocks(migration: Migration): void {
  const { project, path, notes, options } = migration;
  const told = new Set<string>();
  for (const site of project ? migration.sites : []) {
    const called = project && isTakenAway(site, migration) ? calledAt(site, migration) : undefined;
    if (!project || !called) continue;
    for (const file of new Set([...mocking(called.file, project), ...mocking(path, project)]))
      for (const line of mocksIn(file, called, migration)) {
        const mocked = `line ${line} of ${shownPath(file, migration)} mocks ${shownPath(called.file, migration)}`;
        if (told.has(mocked)) continue;
        told.add(mocked);
        notes.push({
          line: site.expression.node.loc?.start.line ?? 1,
          text: `${mocked}, whose ${called.name} is no longer used here: mock ${options.factory} of the cache module there`,
        });
      }
  }
}

/** By a file, those of its importers that may mock something: many places call what one file exports. */
const known = new OncePerProject<readonly string[]>();

function mocking(file: string, project: Project): readonly string[] {
  return known.of(project, file, () =>
    project.importersOf(file).filter((importer) => MENTIONS.test(project.read(importer) ?? '')),
  );
}

function calledAt({ remote, factory }: Site, migration: Migration): Called | undefined {
  if (remote) return { file: remote.exported.file, name: remote.exported.declared };
  const file = factory ? undefined : classFileOf(migration);
  return file === undefined ? undefined : { file, name: migration.options.agentClass, isClass: true };
}

/** Whether a place no longer calls the factory that it called. */
function isTakenAway(site: Site, migration: Migration): boolean {
  return site.plan !== undefined && site.plan.form !== 'manual' && keptCall(migration, site) === undefined;
}

/** The lines of a file at which it mocks a factory, or the class. */
function mocksIn(file: string, { file: target, name, isClass }: Called, migration: Migration): number[] {
  const found: number[] = [];
  const isTarget = (from: string | undefined, specifier: string | undefined) =>
    from !== undefined && specifier !== undefined && migration.project?.resolve(from, specifier) === target;
  programOfFile(file, migration)?.traverse({
    CallExpression(call) {
      const [first, second] = call.node.arguments;
      const called = wordsOf(call.node.callee).split(/[. ]/).at(-1) ?? '';
      const module = first && moduleIn(first);
      const isLoad = LOADS_WITH.test(called) && module !== undefined;
      const own = isLoad ? migration.project?.resolve(file, module) : undefined;
      const isReplaced = isLoad && keysOf(call).some((key) => isTarget(own, key));
      const isMock = MOCKS.test(called) && isTarget(file, module);
      const isSet = called === '__set__' && module === name;
      const binding =
        STUBS.test(called) && second && moduleIn(second) === name && bindingNamed(first, call.scope);
      const isStub = binding && isTarget(file, loadedBy(binding)?.specifier);
      if (isReplaced || (!isClass && (isMock || isSet || isStub))) found.push(call.node.loc?.start.line ?? 1);
    },
  });
  return found;
}

/** `'./open'`, `import('./open')` */
function moduleIn(given: t.Node): string | undefined {
  if (given.type === 'StringLiteral') return given.value;
  if (given.type === 'ImportExpression') return moduleIn(given.source);
  const isImport = given.type === 'CallExpression' && given.callee.type === 'Import';
  return isImport && given.arguments[0] ? moduleIn(given.arguments[0]) : undefined;
}

function keysOf(call: NodePath<t.CallExpression>): string[] {
  return call.node.arguments.flatMap((each) =>
    each.type === 'ObjectExpression' ? each.properties.flatMap((property) => keyName(property) ?? []) : [],
  );
}
