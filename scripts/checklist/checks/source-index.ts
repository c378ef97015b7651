import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node } from '@babel/types';
import { fileProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import { DEFAULT_OPTIONS } from '../../../codemods/agent-cache/options.ts';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { importedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import { MAKES_APP } from '../source/serving.ts';
import { walk } from '../source/walk.ts';
import { METRICS_PACKAGE } from './instruments.ts';
import { loadedFrom } from './loaded-folders.ts';
import { makerIn } from './made-values.ts';
import { madeBy } from './makers.ts';
import type { FolderFact, ModuleFacts } from './facts.ts';
import type { ImportedOwner } from './owners.ts';
import { readModule } from './read-module.ts';
import { startedSources } from './started-sources.ts';

const WORTH_PARSING =
  /\.(?:get|post|put|patch|delete|head|options|all|use|route|register|mount)\s*\(|Router|counter|gauge|histogram|summary|metric|\bhelp\b|export\s[^;]*from|export (?:const|enum|default)|axios|exports\b/i;
/** What serves one: it listens, or is handed to a platform that does. */
const SERVES =
  /\.listen\s*\(|\bNestFactory\b|\b(?:Bun|Deno)\.serve\b|\bserve\s*\(|\b(?:serverless\w*|awsLambdaFastify|toNodeHandler|onRequest|createHandler)\s*\(|\bexports?\s*(?:\.|const\s+)handler\b/;

/** What a platform calls. */
const HANDLES =
  /\b(?:serverless\w*|awsLambdaFastify|toNodeHandler|onRequest|createHandler)\s*\(|\bexports?\s*(?:\.|const\s+)handler\b/;
/** Files that platforms load by their names: functions and handlers. */
const ENTRY =
  /^(?:(?:src\/)?(?:api|functions|lambdas?|netlify\/functions|pages\/api)\/[^/]+(?:\/index)?|(?:.*\/)?(?:handler|lambda|_?worker))\.[cm]?[jt]sx?$/;
/** A script without an extension, as `bin/www`. */
const SCRIPT = /[\w@./-]*\/[\w-]+(?![\w./-])/g;

/** What the source of a tree says about its routes and metrics; each module is parsed once, when first asked for. */
export class SourceIndex {
  /** The files that what starts a service leads to; all of them where nothing does. */
  readonly files: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #modules = new Map<string, ModuleFacts | undefined>();
  /** Those that were parsed, whatever came of it. */
  readonly #parsed = new Set<string>();
  readonly #loaded = new Map<string, readonly string[]>();
  readonly #texts = new Map<string, string>();
  readonly #measuring = new Map<string, boolean>();
  /** The files of names that stand in lists which other modules read. */
  readonly #homes = new WeakMap<Node, string>();
  /** Files that are loaded from outside of the sources: by platforms, scripts, users of the package. */
  readonly #handedOut = new Set<string>();
  readonly #root: string;
  /** Whether nothing in the tree serves what it makes. */
  #startsNothing = false;
  readonly #resolve: (file: string, specifier: string) => string | undefined;

  /** @param root absolute */
  constructor(root: string) {
    this.#root = root;
    const project = fileProject(DEFAULT_OPTIONS);
    this.#resolve = (file, specifier) => project.resolve(file, specifier);
    const all = findSourceFiles([root]).map((file) => path.resolve(file));
    this.#known = new Set(all);
    this.files = this.#alive(root, all);
  }

  /** The facts of a module; undefined when it has none, or does not parse. */
  module(file: string): ModuleFacts | undefined {
    return this.#factsOf(file, (text) => WORTH_PARSING.test(text));
  }

  /** The same also of a module that has neither routes nor metrics. */
  anyModule(file: string): ModuleFacts | undefined {
    if (!this.#parsed.has(file)) this.#modules.delete(file);
    return this.#factsOf(file, () => true);
  }

  #factsOf(file: string, isWorth: (text: string) => boolean): ModuleFacts | undefined {
    if (this.#modules.has(file)) return this.#modules.get(file);
    // Set first: modules that import each other's constants must not wait for one another.
    this.#modules.set(file, undefined);
    const isParsed = isWorth(this.#text(file));
    if (isParsed) this.#parsed.add(file);
    const facts = isParsed ? this.#read(file) : undefined;
    this.#modules.set(file, facts);
    return facts;
  }

  /** The file of the tree that a specifier means, through aliases and workspaces. */
  resolve(from: string, specifier: string): string | undefined {
    const target = this.#resolve(from, specifier);
    return target !== undefined && this.#known.has(target) ? target : undefined;
  }

  /** Nobody answers for a file that no service loads. */
  #alive(root: string, all: readonly string[]): string[] {
    const manifest = this.#text(path.join(root, 'package.json'));
    const shownAs = (file: string) => path.relative(root, file).split(path.sep).join('/');
    const isNamed = (file: string) => {
      const shown = shownAs(file);
      return manifest.includes(shown) || manifest.includes(shown.replace(/\.[cm]?[jt]sx?$/, '.js'));
    };
    const making = all.filter((file) => MAKES_APP.test(this.#text(file)));
    const serving = all.filter((file) => SERVES.test(this.#text(file)));
    this.#startsNothing = serving.length === 0;
    for (const file of serving) if (HANDLES.test(this.#text(file))) this.#handedOut.add(file);
    const starts =
      serving.length > 0 ? [...serving, ...making.filter((file) => ENTRY.test(shownAs(file)))] : making;
    if (starts.length === 0) return [...all];
    const alive = new Set<string>();
    const scripts = [...manifest.matchAll(SCRIPT)].map(([script]) => path.resolve(root, script));
    const loaded = scripts.flatMap((script) => this.loadedBy(script));
    const started = startedSources(root, all);
    for (const file of [...loaded, ...started.loaded, ...all.filter((each) => ENTRY.test(shownAs(each)))])
      this.#handedOut.add(file);
    const pending = [
      ...this.#above(starts, all),
      ...all.filter(isNamed),
      ...loaded,
      ...started.run,
      ...started.loaded,
    ];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (alive.has(file)) continue;
      alive.add(file);
      pending.push(...this.loadedBy(file));
    }
    return all.filter((file) => alive.has(file));
  }

  /**
   * Files, and all that lead to them: where a start lies in the output of a build, in an image or in what looks after
   * processes, nothing of the tree names the file that calls what listens.
   */
  #above(files: readonly string[], all: readonly string[]): Set<string> {
    const loading = new Map<string, string[]>();
    for (const file of all)
      for (const each of this.loadedBy(file)) loading.set(each, [...(loading.get(each) ?? []), file]);
    const found = new Set<string>();
    const pending = [...files];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (found.has(file)) continue;
      found.add(file);
      pending.push(...(loading.get(file) ?? []));
    }
    return found;
  }

  /** Whether something that is no source of the tree may take what a file exports; the more where no source does. */
  isHandedOut(file: string, isAlone: boolean): boolean {
    return this.#handedOut.has(file) || (isAlone && this.#startsNothing);
  }

  /** Whether a name stands anywhere beside the place where a file declares it. */
  mentions(file: string, name: string): boolean {
    const word = new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`, 'g');
    const times = (each: string) => this.#text(each).match(word)?.length ?? 0;
    return times(file) > 1 || this.files.some((each) => each !== file && times(each) > 0);
  }

  /** How often a text stands in a file. */
  timesOf(file: string, text: string): number {
    return this.#text(file).split(text).length - 1;
  }

  /** The files of the tree that a file loads. */
  loadedBy(file: string): readonly string[] {
    const known = this.#loaded.get(file);
    if (known) return known;
    const text = this.#text(file);
    const loaded = importedModules(text).flatMap((each) => this.resolve(file, each) ?? []);
    if (/autoload|readdir|glob/i.test(text))
      for (const { folder } of this.module(file)?.mounts ?? [])
        loaded.push(...(folder ? this.filesOf(folder).map((each) => each.file) : []));
    this.#loaded.set(file, loaded);
    return loaded;
  }

  /** The files of a folder that is mounted as a whole; not those that say by themselves where they answer. */
  filesOf(folder: FolderFact): { file: string; prefix: string }[] {
    const from =
      folder.path === undefined ? folder : { ...folder, path: path.resolve(this.#root, folder.path) };
    return loadedFrom(from, [...this.#known]).filter(
      ({ file }) => !/\b(?:autoPrefix|prefixOverride)\b/.test(this.#text(file)),
    );
  }

  #text(file: string): string {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    let text = '';
    try {
      text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      // A file that cannot be read proves nothing; the detector has its own say about it.
    }
    this.#texts.set(file, text);
    return text;
  }

  #read(file: string): ModuleFacts | undefined {
    try {
      return readModule(
        file,
        this.#text(file),
        (specifier, name) => this.#constant(file, specifier, name),
        (specifier, name) => this.#owner(file, specifier, name),
        (specifier) => this.#measures(file, specifier),
        (node) => this.#homes.get(node),
      );
    } catch {
      // A file that does not parse proves nothing; the detector has its own say about it.
      return undefined;
    }
  }

  /** Whether a module is a library of metrics, or has one within reach; told once of each, as many may lead to it. */
  #measures(from: string, specifier: string, depth = 0): boolean {
    const file = this.#resolve(from, specifier);
    if (file === undefined || !this.#known.has(file)) return METRICS_PACKAGE.test(specifier);
    if (depth >= 3) return false;
    const key = `${depth} ${file}`;
    const known = this.#measuring.get(key);
    if (known !== undefined) return known;
    const found = importedModules(this.#text(file)).some((each) => this.#measures(file, each, depth + 1));
    this.#measuring.set(key, found);
    return found;
  }

  #constant(from: string, specifier: string, name: string): Node | undefined {
    const found = this.#declared(from, specifier, name);
    if (found !== undefined && /^(?:Array|Object)Expression$/.test(found.node.type))
      walk(found.node, (each) => {
        if (each.type === 'Identifier') this.#homes.set(each, found.file);
      });
    return found?.node;
  }

  #owner(from: string, specifier: string, name: string): ReturnType<ImportedOwner> {
    if (this.#makesClients(from, specifier, name)) return 'client';
    const found = this.#declared(from, specifier, name);
    if (found === undefined) return undefined;
    const { node } = found;
    const made = madeBy(node);
    if (made !== undefined) return made;
    // A function gives what nobody sees here; what another package made is a client of it.
    const isCall = node.type === 'CallExpression' || node.type === 'NewExpression';
    return isCall ? 'other' : undefined;
  }

  /** Whether a class or a function of another module makes clients of HTTP. */
  #makesClients(from: string, specifier: string, name: string, depth = 0): boolean {
    const file = this.resolve(from, specifier);
    const facts = file === undefined || depth > 8 ? undefined : this.anyModule(file);
    if (file === undefined || facts === undefined) return false;
    const exported = facts.exports.get(name);
    if (exported !== undefined && 'specifier' in exported)
      return this.#makesClients(file, exported.specifier, exported.name, depth + 1);
    const local = exported !== undefined && 'local' in exported ? exported.local : name;
    const { clients, constants, imports } = facts;
    const made = constants.get(local);
    const maker = clients.gives.get(local) ?? (made && makerIn(made));
    const isOwn =
      clients.makers.has(local) ||
      (made !== undefined && clients.objects.has(made)) ||
      (maker !== undefined && clients.makers.has(maker));
    const given = imports.get(local) ?? (maker === undefined ? undefined : imports.get(maker));
    return (
      isOwn ||
      (given !== undefined && this.#makesClients(file, given.specifier, given.name, depth + 1)) ||
      facts.reexports.some((each) => this.#makesClients(file, each, name, depth + 1))
    );
  }

  #declared(
    from: string,
    specifier: string,
    name: string,
    depth = 0,
  ): { node: Node; file: string } | undefined {
    const file = this.resolve(from, specifier);
    const facts = file === undefined || depth > 8 ? undefined : this.module(file);
    if (file === undefined || facts === undefined) return undefined;
    const exported = facts.exports.get(name);
    if (exported !== undefined && 'node' in exported) return { node: exported.node, file };
    if (exported !== undefined && 'specifier' in exported)
      return this.#declared(file, exported.specifier, exported.name, depth + 1);
    const local = exported !== undefined && 'local' in exported ? exported.local : name;
    const node = facts.constants.get(local);
    if (node !== undefined) return { node, file };
    const imported = facts.imports.get(local);
    if (imported !== undefined) return this.#declared(file, imported.specifier, imported.name, depth + 1);
    for (const each of facts.reexports) {
      const found = this.#declared(file, each, name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
