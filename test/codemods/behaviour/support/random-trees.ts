import fc from '../../../support/fast-check.ts';
import { onExpress4 } from './express-4.ts';
import { BUILDING_CACHE, IMPORT_EXTENSION } from './fake-agent.ts';
import { ANSWERS, type Given, HANDLERS, SOURCES, TASKS } from './random-shapes.ts';
import { writtenCache } from './written-cache.ts';
import type { Flavour, Tree } from './tree.ts';

/** What a tree is written for. */
interface Variant {
  flavour: Flavour;
  cache: 'connecting' | 'building' | 'synchronous';
  express: 4 | 5;
}

const VARIANTS: readonly Variant[] = [
  { flavour: 'ts', cache: 'connecting', express: 5 },
  { flavour: 'esm', cache: 'connecting', express: 5 },
  { flavour: 'cjs', cache: 'connecting', express: 5 },
  { flavour: 'ts', cache: 'building', express: 5 },
  { flavour: 'ts', cache: 'synchronous', express: 5 },
  { flavour: 'esm', cache: 'connecting', express: 4 },
];

/** A function or an object of one file that the others take. */
interface Source {
  name: string;
  file: string;
  gives: Given;
  /** The expression that gets what it gives. */
  call: string;
}

/** How files take things from each other. */
interface Style {
  barrel: boolean;
  namespaces: boolean;
}

/** One file before it is written in a module system. */
class Module {
  readonly file: string;
  /** The names that it takes, by the file that has them; for a namespace, none. */
  readonly imports = new Map<string, Set<string>>();
  readonly statements: string[] = [];
  readonly exports: string[] = [];
  readonly #style: Style;

  constructor(file: string, style: Style) {
    this.file = file;
    this.#style = style;
  }

  /** Takes a source from its file, and tells how it is called here. */
  take<From extends Source>(source: From): From {
    if (source.file === this.file) return source;
    const from = this.#style.barrel ? 'lib/index' : source.file;
    const names = this.imports.get(from) ?? new Set();
    this.imports.set(from, names);
    if (!this.#style.namespaces) {
      names.add(source.name);
      return source;
    }
    const name = `${namespaceOf(from)}.${source.name}`;
    return { ...source, name, call: source.call.replace(source.name, name) };
  }

  /** Builds the agent itself. */
  build(): string {
    this.imports.set('agents/facebook-ads-agent', new Set(['FacebookAdsAgent']));
    return 'new FacebookAdsAgent()';
  }
}

function namespaceOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/-/g, '');
}

const choice = fc.nat(9_999);

/**
 * Trees whose files build agents for each other: factories of factories, those that map a failure, members, builders of
 * contexts and services, behind a barrel or not, and routes that use them in every way, some of which nobody can rewire.
 */
export const randomTrees: fc.Arbitrary<Omit<Tree, 'name'>> = fc
  .record({
    variant: fc.constantFrom(...VARIANTS),
    files: fc.array(fc.array(fc.record({ shape: choice, of: choice }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    }),
    routes: fc.array(fc.record({ shape: choice, of: choice }), { minLength: 2, maxLength: 7 }),
    tasks: fc.array(fc.record({ shape: choice, of: choice }), { maxLength: 2 }),
    style: fc.record({ barrel: fc.boolean(), namespaces: fc.boolean() }),
  })
  .map(({ variant, files, routes, tasks, style }) => {
    const sources: Source[] = [];
    const modules = new Map<string, Module>();
    for (const [index, shapes] of files.entries()) {
      const file = `lib/part-${index}`;
      const module = new Module(file, { ...style, barrel: false });
      for (const { shape, of } of shapes) addSource(module, sources, { shape, of });
      modules.set(file, module);
    }
    if (style.barrel) modules.set('lib/index', barrelOf([...modules.keys()], sources));
    modules.set('routes/main', routesOf(routes, sources, style, variant));
    // The names of tasks are found by their `export`.
    if (variant.flavour !== 'cjs' && tasks.length > 0)
      modules.set('tasks/main', tasksOf(tasks, sources, style));
    return treeOf(modules, variant);
  });

function addSource(module: Module, sources: Source[], { shape, of }: { shape: number; of: number }): void {
  const name = `make${sources.length}`;
  const source = at(SOURCES, shape);
  const below = sources.filter((each) => each.gives === 'agent');
  // Every other one is built of another's, where there is one.
  const used = of % 2 === 0 && below.length > 0 ? module.take(at(below, of)) : undefined;
  module.statements.push(source.text(name, used?.call ?? module.build()));
  module.exports.push(name);
  sources.push({ name, file: module.file, gives: source.gives, call: source.call?.(name) ?? `${name}()` });
}

function barrelOf(files: readonly string[], sources: readonly Source[]): Module {
  const module = new Module('lib/index', { barrel: false, namespaces: false });
  for (const source of sources)
    if (files.includes(source.file)) module.exports.push(module.take(source).name);
  return module;
}

function routesOf(
  routes: readonly { shape: number; of: number }[],
  sources: readonly Source[],
  style: Style,
  { express }: Variant,
): Module {
  const module = new Module('routes/main', style);
  module.exports.push('router');
  module.statements.push(express === 4 ? 'const router = express.Router();' : 'const router = Router();');
  for (const [index, { shape, of }] of routes.entries()) {
    const source = module.take(at(sources, of));
    const shapes = source.gives === 'agent' || source.gives === 'promise' ? HANDLERS : ANSWERS[source.gives];
    const fitting = shapes.filter((each) => each.takes?.(source) !== false);
    module.statements.push(at(fitting, shape).text(`/r${index}`, { agent: awaited(source), ...source }));
  }
  return module;
}

function tasksOf(
  tasks: readonly { shape: number; of: number }[],
  sources: readonly Source[],
  style: Style,
): Module {
  const module = new Module('tasks/main', style);
  const giving = sources.filter(({ gives }) => gives === 'agent' || gives === 'promise');
  for (const [index, { shape, of }] of tasks.entries()) {
    const agent = giving.length > 0 ? awaited(module.take(at(giving, of))) : module.build();
    module.statements.push(at(TASKS, shape)(`task${index}`, agent));
  }
  return module;
}

function awaited({ gives, call }: Source): string {
  return gives === 'promise' ? `await ${call}` : call;
}

function treeOf(modules: ReadonlyMap<string, Module>, variant: Variant): Omit<Tree, 'name'> {
  const { flavour, cache, express } = variant;
  const extension = flavour === 'ts' ? 'ts' : 'js';
  const files = Object.fromEntries(
    [...modules].map(([file, module]) => [`${file}.${extension}`, textOf(module, variant)]),
  );
  const caches = {
    connecting: {},
    building: { [`utils/agent-cache.${extension}`]: BUILDING_CACHE },
    synchronous: { [`utils/agent-cache.${extension}`]: writtenCache(flavour, { sync: true }) },
  };
  return {
    flavour,
    files: { ...files, ...caches[cache] },
    ...(express === 4 && { root: onExpress4 }),
    ...(cache === 'synchronous' && { config: { sync: true } }),
    // Beside a cache that connects, failures come where connecting failed, and a factory that maps its own maps those
    // as well; and no error of a handler reaches anybody on Express 4.
    failures: cache === 'connecting' ? ['none'] : ALL_FAILURES,
  };
}

const ALL_FAILURES = ['none', 'construct', 'connect'] as const;

function textOf({ file, imports, statements, exports }: Module, { flavour, express }: Variant): string {
  const up = '../'.repeat(file.split('/').length - 1);
  const load = (names: string, module: string) =>
    flavour === 'cjs' ? `const ${names} = require('${module}');` : `import ${names} from '${module}';`;
  const head = file.startsWith('routes/') ? [load(express === 4 ? 'express' : '{ Router }', 'express')] : [];
  for (const [from, names] of imports) {
    const whole = flavour === 'cjs' ? namespaceOf(from) : `* as ${namespaceOf(from)}`;
    const taken = names.size === 0 ? whole : `{ ${[...names].join(', ')} }`;
    head.push(load(taken, `${up}${from}${IMPORT_EXTENSION[flavour]}`));
  }
  const list = exports.join(', ');
  const tail = flavour === 'cjs' ? `module.exports = { ${list} };` : `export { ${list} };`;
  return `${[head.join('\n'), ...statements, exports.length > 0 ? tail : ''].filter(Boolean).join('\n\n')}\n`;
}

function at<T>(all: readonly T[], index: number): T {
  const found = all[index % all.length];
  if (found === undefined) throw new RangeError('nothing to choose from');
  return found;
}
