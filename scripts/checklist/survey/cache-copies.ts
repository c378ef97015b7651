import path from 'node:path';
import type { Node } from '@babel/types';
import { aClient, clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { withoutExtension } from '../../../codemods/agent-cache/source/specifiers.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import { servesHttp } from '../source/serving.ts';
import { walk } from '../source/walk.ts';
import { type Act, Acts, moduleName, nameOfFunction } from './copies/acts.ts';
import { isOfOneRequest, isStartedAnew } from './copies/forks.ts';
import { HOLE, parametersIn, withoutParameters } from './copies/holes.ts';
import { programsIn, runsOnce } from './copies/starts.ts';
import type { FullScene } from './verify-cache.ts';
import { isFunction } from './way-syntax.ts';

/** Loads of the cache module that make another one, each with an agent of its own. */
interface Copies {
  findings: Finding[];
  doubts: string[];
}

const PREPARES_TESTS = /(?:^|[/.-])(?:jest|vitest|setup-?tests?)[.-][^/]*$|(?:^|\/)setup-?tests?\./i;
/** What a bundler makes of a query that takes a file as data. */
const AS_DATA = /[?&](?:raw|url|inline)\b/;

/**
 * Where files of the tree have the cache module once more: loaded under a name with a query or by what loads anew, let go
 * of, run as a text, started in a thread or a process; also by functions of the tree that do so with what they are given.
 */
export function findCopies(scene: FullScene): Copies {
  if (scene.cacheModules.length === 0) return { findings: [], doubts: [] };
  // What prepares tests may let go of all that it likes.
  const files = [...scene.detection.read].filter((each) => !PREPARES_TESTS.test(each));
  const judge = new CopyJudge(scene);
  const acts = new Acts(scene, judge.names).of(files);
  for (const act of acts) judge.look(act, acts);
  return judge.found;
}

class CopyJudge {
  readonly found: Copies = { findings: [], doubts: [] };
  readonly #scene: FullScene;
  /** What a text says that names a cache module. */
  readonly names: RegExp;
  readonly #reaching = new Map<string, boolean>();

  constructor(scene: FullScene) {
    this.#scene = scene;
    this.names = new RegExp(
      scene.cacheModules.map((each) => `${escapeRegExp(moduleName(each))}(?![\\w-]|/(?!index\\b))`).join('|'),
    );
  }

  /** @param all what is done anywhere in the tree */
  look(act: Act, all: readonly Act[]): void {
    const written = act.texts?.map(withoutParameters);
    const isInside = act.ancestors.some(isFunction);
    const is = (...kinds: readonly Act['kind'][]) => kinds.includes(act.kind);
    if (is('load')) this.#lookAtLoad(act, written ?? [], isInside);
    if (is('anew', 'lets-go') && isInside) this.#lookAtRenewal(act, written);
    if (is('hands-on') && isInside && written === undefined)
      this.#doubt(act, 'hands on all modules that were loaded');
    if (is('hands-on') && isInside && written?.some((text) => this.#isCache(text, act)) === true)
      this.#doubt(act, 'hands the cache module to code that nobody sees');
    if (is('runs') && written?.some((text) => this.#mayBeItsText(text, act)) === true)
      this.#doubt(act, 'runs a text that may be the cache module');
    if (is('starts') && !runsOnce(act.ancestors) && this.#startsCache(act, written ?? []))
      this.#doubt(act, 'starts code that has a cache of its own');
    if (is('forks') && this.#forksCache(act, all))
      this.#doubt(act, 'starts code that has a cache of its own');
    if (is('puts') && this.#isPutForAll(act, written))
      this.#doubt(act, 'puts something else in the place of what the cache module exports');
    if (is('lets-go') && act.isPut === true && !isInside && written?.some((text) => this.#isCache(text, act)))
      this.#doubt(act, 'puts something else in the place of what the cache module exports');
  }

  /** Whether a function of the cache is put aside, or nothing tells which of what its module exports. */
  #isPutForAll(act: Act, written: readonly string[] | undefined): boolean {
    const { factory, provider } = this.#scene.options;
    const meant = [factory, provider, keyedGetter(this.#scene.options), 'default', 'exports'];
    const { names = [] } = act;
    if (names.length > 0 && !names.some((each) => meant.includes(each))) return false;
    return written?.some((text) => this.#isCache(text, act)) === true;
  }

  /** Whether a process is started again and again that runs the cache: what `cluster` was told, or the program itself. */
  #forksCache(act: Act, all: readonly Act[]): boolean {
    if (!isStartedAnew(act.ancestors)) return false;
    const told = all.filter(({ kind }) => kind === 'sets-up');
    const [own] = act.from;
    const programs =
      told.length === 0
        ? this.#programsOf(own)
        : told.flatMap(({ texts, from: [file] }) =>
            (texts ?? []).flatMap((text) => programsIn(withoutParameters(text), file, this.#scene)),
          );
    const isOfRequest = act.ancestors.some(isOfOneRequest);
    return programs.some((each) => (isOfRequest ? this.#hasCache(each) : this.#reachesCache(each)));
  }

  /** A file, and those that load it: one of them is the program that runs. */
  #programsOf(file: string): string[] {
    const found = new Set([file]);
    for (const each of found)
      for (const importer of this.#scene.detection.project.importersOf(each)) found.add(importer);
    return [...found];
  }

  #lookAtLoad(act: Act, written: readonly string[], isInside: boolean): void {
    if (written.some((text) => text.startsWith('data:') && this.names.test(text)))
      this.#doubt(act, 'runs a text that may be the cache module');
    const copy = written.find(
      (text) => /[?#]/.test(text) && !AS_DATA.test(text) && this.#isCache(beforeQuery(text), act),
    );
    if (copy === undefined) {
      if (isInside && written.some((text) => text.includes(HOLE)) && this.#namesCache(act.node))
        this.#doubt(act, 'loads what may be a new copy of the cache');
      return;
    }
    if (isInside && copy.slice(beforeQuery(copy).length).includes(HOLE))
      this.#noteEachCall(act, 'loads a new copy of the cache');
    else
      this.#note(
        act,
        `loads a second copy of the cache, which builds ${aClient(this.#scene.options)} of its own`,
      );
  }

  #lookAtRenewal(act: Act, written: readonly string[] | undefined): void {
    const isMeant = written === undefined || written.some((text) => this.#isCache(text, act));
    if (!isMeant) {
      if (act.isDeep && this.#startsCache(act, written))
        this.#doubt(act, 'may let go of the module of the cache');
      else if (isOpen(act, written)) this.#doubt(act, 'lets go of a module that was loaded');
    } else if (act.kind === 'anew') this.#noteEachCall(act, 'loads a new copy of the cache');
    else if (isSure(act.ancestors)) this.#noteEachCall(act, 'lets go of the module of the cache');
    else this.#doubt(act, 'may let go of the module of the cache');
  }

  /** Whether a name without a query means the cache module. */
  #isCache(specifier: string, { from }: Act): boolean {
    const { graph, cacheModules } = this.#scene;
    const known = specifier.split(HOLE).at(-1) ?? '';
    if (specifier.includes(HOLE) || specifier.startsWith('file:')) {
      const end = path.posix.normalize(`/${known.replace(/^file:\/\//, '')}`).replace(/^(?:\/\.\.)+/, '');
      return (
        end.length > 2 && cacheModules.some((each) => withoutExtension(each).endsWith(withoutExtension(end)))
      );
    }
    return from.some((file) => {
      const target = known === '' ? undefined : graph.resolve(file, known);
      return target !== undefined && cacheModules.includes(target);
    });
  }

  #mayBeItsText(text: string, act: Act): boolean {
    return this.names.test(text) || (text.includes(HOLE) && this.#isWritten(act));
  }

  /** Whether its file writes the name of the cache module elsewhere than where it imports it. */
  #isWritten({ ancestors: [program] }: Act): boolean {
    const body = program?.type === 'Program' ? program.body : [];
    return body.some((each) => !/^(?:Import|ExportAll)/.test(each.type) && this.#namesCache(each));
  }

  /** Whether code has a text with the name of the cache module in it. */
  #namesCache(code: Node): boolean {
    let found = false;
    walk(code, (node) => {
      if (node.type === 'StringLiteral') found ||= this.names.test(node.value);
      if (node.type === 'TemplateElement') found ||= this.names.test(node.value.raw);
    });
    return found;
  }

  #startsCache({ from }: Act, commands: readonly string[]): boolean {
    return commands.some((command) =>
      from.some((file) => programsIn(command, file, this.#scene).some((each) => this.#reachesCache(each))),
    );
  }

  /** Whether a program has the cache, by itself or by what it loads, and is no server with requests of its own. */
  #reachesCache(file: string): boolean {
    const { detection } = this.#scene;
    const known = this.#reaching.get(file);
    if (known !== undefined) return known;
    const reaches =
      this.#hasCache(file) &&
      !servesHttp([...this.#loadedBy(file)].map((each) => detection.project.read(each) ?? ''));
    this.#reaching.set(file, reaches);
    return reaches;
  }

  #hasCache(file: string): boolean {
    const seen = this.#loadedBy(file);
    return this.#scene.cacheModules.some((each) => seen.has(each));
  }

  /** A file, and all that it loads. */
  #loadedBy(file: string): ReadonlySet<string> {
    const { graph, detection } = this.#scene;
    const seen = new Set<string>();
    const enter = (each: string | undefined): void => {
      if (each === undefined || seen.has(each)) return;
      seen.add(each);
      for (const one of detection.project.modulesOf(each)) enter(graph.resolve(each, one));
    };
    enter(file);
    return seen;
  }

  #doubt({ node, from: [file] }: Act, does: string): void {
    this.found.doubts.push(`${toItemPath(this.#scene.root, file)}:${node.loc?.start.line ?? 1} ${does}`);
  }

  #noteEachCall(act: Act, does: string): void {
    this.#note(act, `${does} in a function: each call has a ${clientName(this.#scene.options)} built`);
  }

  #note({ node, from: [absolute] }: Act, message: string): void {
    const { line = 1, column = 0 } = node.loc?.start ?? {};
    const { root, options } = this.#scene;
    const file = toItemPath(root, absolute);
    const hint = `load the cache module by its own name, and once: then all await one ${options.factory}()`;
    const place = { file, line, column: column + 1 };
    this.found.findings.push({ ...place, rule: 'past-cache', id: 'copies-cache', message, hint });
  }
}

/** Whether nothing tells what module is meant: no name stands at its end, and no caller of a known function gives it. */
function isOpen({ texts, ancestors, from: [file] }: Act, written: readonly string[] | undefined): boolean {
  const around = ancestors.filter(isFunction);
  const isGiven = (texts ?? []).flatMap(parametersIn).some(({ at }) => {
    const code = around[at];
    return code !== undefined && nameOfFunction(code, ancestors, file) !== undefined;
  });
  return !isGiven && (written ?? []).some((text) => text.endsWith(HOLE));
}

/** Whether what stands somewhere runs whenever the function around it does. */
function isSure(ancestors: readonly Node[]): boolean {
  const within = ancestors.slice(ancestors.findLastIndex(isFunction) + 1);
  return within.every((node, index) => {
    const below = within[index + 1];
    if (node.type === 'CatchClause') return false;
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return below === node.test;
    return node.type !== 'LogicalExpression' || below === node.left;
  });
}

function beforeQuery(specifier: string): string {
  return specifier.split(/[?#]/, 1)[0] ?? '';
}
