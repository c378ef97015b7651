import { readFileSync } from 'node:fs';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import {
  type Exported,
  type ModuleModel,
  modelOf,
} from '../../../codemods/agent-cache/survey/code/module-model.ts';
import type { LoadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';

/** The names of a module, and whether calls may add exports that its syntax does not tell. */
type FilledModel = ModuleModel & { isFilled: boolean };

/** Finds the file that a specifier of another file means; undefined for packages and for what is not there. */
export type Resolve = (file: string, specifier: string) => string | undefined;

/** A name where it is declared: in a file of the tree, or in a package. */
export type Origin =
  | { model: ModuleModel; exported: Exported }
  /** A package, or a module that is not there. */
  | { outside: string; name: string };

/** Modules of a tree by their files, each read and parsed once, and where their names come from. */
export class ModuleGraph {
  readonly resolve: Resolve;
  readonly #models = new Map<string, FilledModel | undefined>();

  constructor(resolve: Resolve) {
    this.resolve = resolve;
  }

  /** The names of a module; undefined when it cannot be read or does not parse. */
  model(file: string): FilledModel | undefined {
    if (this.#models.has(file)) return this.#models.get(file);
    const model = read(file);
    this.#models.set(file, model);
    return model;
  }

  /** Where a name that a file exports is declared, through all that hand it on. */
  origin(file: string, name: string, seen = new Set<string>()): Origin | undefined {
    const key = `${file}\n${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const model = this.model(file);
    if (model === undefined) return undefined;
    const exported = model.exports.get(name);
    if (exported !== undefined) {
      if ('specifier' in exported) return this.imported(file, exported, seen) ?? { model, exported };
      const imported = 'local' in exported ? model.imports.get(exported.local) : undefined;
      return imported === undefined ? { model, exported } : this.imported(file, imported, seen);
    }
    if (name === 'default' || name === '*') return undefined;
    for (const specifier of model.handsOn) {
      const found = this.imported(file, { specifier, name }, seen);
      if (found !== undefined && !('outside' in found)) return found;
    }
    return undefined;
  }

  /** The names that a file exports, and those that it hands on. */
  names(file: string, seen = new Set<string>()): Set<string> {
    const model = seen.has(file) ? undefined : this.model(file);
    seen.add(file);
    const handedOn = (model?.handsOn ?? []).flatMap((specifier) => {
      const target = this.resolve(file, specifier);
      return target === undefined ? [] : [...this.names(target, seen)].filter((name) => name !== 'default');
    });
    return new Set([...(model?.exports.keys() ?? []), ...handedOn]);
  }

  /** Where a name that a file imports is declared. */
  imported(file: string, { specifier, name }: LoadedName, seen = new Set<string>()): Origin | undefined {
    const target = this.resolve(file, specifier);
    if (target === undefined) return { outside: specifier, name };
    if (name !== '*') return this.origin(target, name, seen);
    const model = this.model(target);
    return model === undefined ? undefined : { model, exported: { specifier, name } };
  }

  /** Whether a module hands on all names of something that cannot be looked into. */
  isOpen(file: string, seen = new Set<string>()): boolean {
    if (seen.has(file)) return false;
    seen.add(file);
    const model = this.model(file);
    if (model === undefined || model.isFilled) return true;
    const whole = model.exports.get('default');
    if (model.isCommonJs && whole !== undefined && 'node' in whole && whole.node.type !== 'ObjectExpression')
      return true;
    return model.handsOn.some((specifier) => {
      const target = this.resolve(file, specifier);
      return target === undefined || this.isOpen(target, seen);
    });
  }
}

/** Exports that are given to a call, as compilers write CommonJS: what the call adds cannot be told. */
const FILLED = /\(\s*(?:module\.)?exports\s*,\s*(?!["']__esModule)/;

function read(file: string): FilledModel | undefined {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    return { ...modelOf(file, parseSource(file, text).program), isFilled: FILLED.test(text) };
  } catch {
    return undefined;
  }
}
