import { builtinModules } from 'node:module';
import path from 'node:path';
import type * as t from '@babel/types';
import { sourcesOf } from '../../source/sources.ts';
import { readsAsyncContext } from './async-context.ts';
import { emptyEvents } from './events.ts';
import type { Machine, Site } from './machine.ts';
import { packageEntry } from '../../files/package-entry.ts';
import { executeAll } from './statements.ts';
import { lookUp } from './variables.ts';
import { type Frame, join, NOTHING, only, type Thing, type Value } from './values.ts';

const BUILT_IN = new Set(builtinModules);

/** A module of the tree, with what it exports. */
interface Loaded {
  thing: Thing;
  frame: Frame;
  /** Modules that it exports all of. */
  stars: string[];
  /** What it exports of others, by name. */
  handedOn: Map<string, () => Value>;
}

/** Loads the modules of a class, each at its first use, and runs what stands at their top. */
export class Modules {
  readonly #machine: Machine;
  readonly #loaded = new Map<string, Loaded | undefined>();
  readonly #byThing = new Map<Thing, Loaded>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** What a module exports; undefined where it cannot be read. */
  load(file: string): Thing | undefined {
    return this.#load(file)?.thing;
  }

  /** The variables at the top of a module. */
  frameOf(file: string): Frame | undefined {
    return this.#load(file)?.frame;
  }

  /** What an import of a module gives by a name; `*` the module itself. */
  imported(specifier: string, name: string, from: string): Value {
    const file = this.#fileOf(specifier, from);
    const loaded = file === undefined ? undefined : this.#load(file);
    if (loaded) return this.#exported(loaded, name);
    return only(this.#foreign(specifier, name, from));
  }

  /** What a module exports by a name. */
  exported(module: Thing, name: string): Value {
    const loaded = this.#byThing.get(module);
    return loaded ? this.#exported(loaded, name) : this.#ofNamespace(module, name);
  }

  #exported({ thing, frame, stars, handedOn }: Loaded, name: string, seen = new Set<string>()): Value {
    const common = thing.props.get('module.exports');
    if (name === '*') return common ? join(common, only(thing)) : only(thing);
    const local = thing.locals?.names.get(name);
    const variable = local === undefined ? undefined : this.#variable(local, frame);
    const own = variable ?? thing.props.get(name) ?? handedOn.get(name)?.() ?? this.#ofCommonJs(common, name);
    if (own) return own;
    for (const star of stars) {
      const file = this.#fileOf(star, frame.file);
      const loaded = file === undefined || seen.has(file) ? undefined : this.#load(file);
      if (!loaded || file === undefined) continue;
      const found = this.#exported(loaded, name, seen.add(file));
      if (found !== NOTHING) return found;
    }
    return NOTHING;
  }

  #ofNamespace({ locals, props }: Thing, name: string): Value {
    const local = locals?.names.get(name);
    const own = local === undefined || !locals ? undefined : this.#variable(local, locals.frame);
    return join(own ?? NOTHING, props.get(name) ?? NOTHING);
  }

  #variable(name: string, frame: Frame): Value | undefined {
    const site: Site = { file: frame.file, offset: 0, node: EMPTY, dropped: false, frame };
    return lookUp(name, frame, this.#machine, site);
  }

  #ofCommonJs(common: Value | undefined, name: string): Value | undefined {
    if (!common) return undefined;
    const site: Site = { file: '', offset: 0, node: EMPTY, dropped: false, frame: NO_FRAME };
    const named = [...common.things.keys()].flatMap((thing) => {
      const holder = this.#machine.holderOf(thing, name);
      const getter = holder?.accessors.get(name)?.get;
      if (getter) return [this.#machine.run.call(only(getter), NOTHING, [], site)];
      return holder?.props.get(name) ?? [];
    });
    if (named.length > 0) return join(...named);
    // `__exportStar(require('./client'), exports)`: what has the name is among what was copied by whatever name.
    const copied = [...this.#machine.get(common, '*', site).things.keys()];
    const [alike] = copied.filter(({ label, code }) => label === name && code);
    if (alike) return only(alike);
    return name === 'default' ? common : undefined;
  }

  /** A module that is not read: one of Node's, or a package. */
  #foreign(specifier: string, name: string, from: string): Thing {
    const bare = specifier.replace(/^node:/, '');
    const isNode = specifier.startsWith('node:') || BUILT_IN.has(bare);
    const label = isNode ? `node:${bare}` : specifier;
    const machine = this.#machine;
    if (!isNode) machine.foreign.add(specifier);
    const module = machine.make(`module ${label}`, isNode ? 'native' : 'opaque', label, '', 'module');
    if (!isNode && readsAsyncContext(specifier, from)) module.base = 'async context';
    if (name === '*' || name === 'default') return module;
    const member = machine.make(`module ${label} ${name}`, module.kind, `${label}.${name}`, '', 'module');
    if (module.base !== undefined) member.base = module.base;
    return member;
  }

  #fileOf(specifier: string, from: string): string | undefined {
    const { project, packageRoot } = this.#machine;
    if (packageRoot !== undefined) {
      const entry = packageEntry(specifier, from);
      if (entry?.startsWith(packageRoot)) return entry;
      if (from.startsWith(packageRoot)) return undefined;
    }
    const found = project.resolve(from, specifier);
    return found?.includes('/node_modules/') ? undefined : found;
  }

  #load(file: string): Loaded | undefined {
    if (this.#loaded.has(file)) return this.#loaded.get(file);
    this.#loaded.set(file, undefined);
    const text = this.#machine.project.read(file);
    if (text === undefined || /\.d\.[cm]?ts$/.test(file)) return undefined;
    let program: t.Program;
    try {
      program = sourcesOf(this.#machine.project).tree(file, text.replace(/^\uFEFF/, '')).program;
    } catch {
      return undefined;
    }
    const loaded = this.#prepare(file);
    this.#loaded.set(file, loaded);
    this.#run(program, loaded);
    return loaded;
  }

  #prepare(file: string): Loaded {
    const machine = this.#machine;
    const thing = machine.make(`module ${file}`, 'module', path.posix.basename(file), file, 'module');
    const frame: Frame = { ...NO_FRAME, id: machine.nextId(), file, vars: new Map() };
    thing.locals = { frame, names: new Map() };
    const loaded: Loaded = { thing, frame, stars: [], handedOn: new Map() };
    this.#byThing.set(thing, loaded);
    return loaded;
  }

  #run(program: t.Program, loaded: Loaded): void {
    const { thing, frame } = loaded;
    const machine = this.#machine;
    const { epoch, guards, events } = machine;
    Object.assign(machine, { epoch: 'module', guards: [], events: emptyEvents() });
    const isModule = program.body.some(({ type }) => /^(Import|Export)/.test(type));
    if (!isModule) this.#commonJs(program, frame, thing);
    for (const statement of program.body) this.#declare(statement, loaded);
    executeAll(program.body, frame, machine, thing);
    if (!isModule) {
      const module = frame.vars.get('module')?.value ?? NOTHING;
      const exported = [...module.things.keys()].map((each) => each.props.get('exports') ?? NOTHING);
      thing.props.set('module.exports', join(...exported));
      machine.changed();
    }
    Object.assign(machine, { epoch, guards, events });
  }

  #commonJs(made: t.Program, frame: Frame, thing: Thing): void {
    const machine = this.#machine;
    const exports = machine.make(made, 'object', 'exports', frame.file, 'module');
    const module = machine.make(`module of ${frame.file}`, 'object', 'module', frame.file, 'module');
    module.props.set('exports', only(exports));
    // While the module runs, others that it requires may ask for what it has by then.
    thing.props.set('module.exports', only(exports));
    frame.vars.set('exports', { value: only(exports) });
    frame.vars.set('module', { value: only(module) });
    frame.self = only(exports);
  }

  /** Imports, and exports of what other modules export. */
  #declare(statement: t.Statement, { frame, stars, handedOn }: Loaded): void {
    if (statement.type === 'ImportDeclaration') {
      const { value } = statement.source;
      if (statement.importKind === 'type') return;
      for (const specifier of statement.specifiers) {
        const name =
          specifier.type === 'ImportSpecifier'
            ? nameOf(specifier.imported)
            : specifier.type === 'ImportDefaultSpecifier'
              ? 'default'
              : '*';
        frame.vars.set(specifier.local.name, {
          value: NOTHING,
          find: () => this.imported(value, name, frame.file),
        });
      }
    } else if (statement.type === 'ExportAllDeclaration') stars.push(statement.source.value);
    else if (statement.type === 'ExportNamedDeclaration' && statement.source) {
      const { value } = statement.source;
      for (const specifier of statement.specifiers) {
        const exported = nameOf(specifier.exported);
        const local = specifier.type === 'ExportSpecifier' ? nameOf(specifier.local) : '*';
        // Only what is asked for is loaded: a barrel may export a hundred modules.
        handedOn.set(exported, () => this.imported(value, local, frame.file));
      }
    } else if (statement.type === 'TSImportEqualsDeclaration') {
      const { moduleReference: reference } = statement;
      if (reference.type !== 'TSExternalModuleReference') return;
      const { value } = reference.expression as t.StringLiteral;
      frame.vars.set(statement.id.name, {
        value: NOTHING,
        find: () => this.imported(value, '*', frame.file),
      });
    }
  }
}

const EMPTY: t.Node = { type: 'EmptyStatement' } as t.EmptyStatement;
const NO_FRAME: Frame = {
  id: 0,
  epoch: 'module',
  file: '',
  region: 'module',
  parent: undefined,
  vars: new Map(),
  self: NOTHING,
  home: undefined,
  args: [],
  returned: NOTHING,
  dropped: false,
};

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}
