import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node } from '@babel/types';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import { type ModuleFacts, readModule } from './read-module.ts';

const WORTH_PARSING =
  /\.(?:get|post|put|patch|delete|head|options|all|use|route|register|mount)\s*\(|Router|counter|gauge|histogram|summary|metric|\bhelp\s*:|export\s[^;]*from|export const/i;
const EXTENSIONS = ['.ts', '.js', '.tsx', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];

/** What the source of a tree says about its routes and metrics; each module is parsed once, when first asked for. */
export class SourceIndex {
  readonly files: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #modules = new Map<string, ModuleFacts | undefined>();

  /** @param root absolute */
  constructor(root: string) {
    this.files = findSourceFiles([root]).map((file) => path.resolve(file));
    this.#known = new Set(this.files);
  }

  /** The facts of a module; undefined when it has none, or does not parse. */
  module(file: string): ModuleFacts | undefined {
    if (this.#modules.has(file)) return this.#modules.get(file);
    // Set first: modules that import each other's constants must not wait for one another.
    this.#modules.set(file, undefined);
    const facts = this.#read(file);
    this.#modules.set(file, facts);
    return facts;
  }

  /** The file that a relative specifier means. */
  resolve(from: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) return undefined;
    const target = path.resolve(path.dirname(from), specifier);
    const bare = target.replace(/\.[cm]?[jt]sx?$/, '');
    const candidates = [
      target,
      ...EXTENSIONS.flatMap((end) => [target + end, bare + end, path.join(target, `index${end}`)]),
    ];
    return candidates.find((candidate) => this.#known.has(candidate));
  }

  #read(file: string): ModuleFacts | undefined {
    try {
      const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
      if (!WORTH_PARSING.test(text)) return undefined;
      return readModule(file, text, (specifier, name) => this.#constant(file, specifier, name));
    } catch {
      // A file that cannot be read or parsed proves nothing; the detector has its own say about it.
      return undefined;
    }
  }

  #constant(from: string, specifier: string, name: string): Node | undefined {
    const file = this.resolve(from, specifier);
    return file === undefined ? undefined : this.module(file)?.constants.get(name);
  }
}
