import fc from '../../../support/fast-check.ts';
import { onExpress4 } from './express-4.ts';
import { BUILDING_CACHE, IMPORT_EXTENSION } from './fake-agent.ts';
import { ANSWERS, HANDLERS, type Given, SOURCES } from './random-shapes.ts';
import { synchronousCache } from './synchronous-cache.ts';
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

/** One file before it is written in a module system. */
interface Module {
  /** The names that it takes, by the file that has them. */
  imports: Map<string, Set<string>>;
  statements: string[];
  exports: string[];
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
    barrel: fc.boolean(),
  })
  .map(({ variant, files, routes, barrel }) => {
    const sources: Source[] = [];
    const modules = new Map<string, Module>();
    for (const [index, shapes] of files.entries()) {
      const file = `lib/part-${index}`;
      const module: Module = { imports: new Map(), statements: [], exports: [] };
      for (const { shape, of } of shapes) addSource(file, module, sources, { shape, of });
      modules.set(file, module);
    }
    if (barrel) modules.set('lib/index', barrelOf([...modules.keys()], sources));
    modules.set('routes/main', routesOf(routes, sources, barrel, variant));
    return treeOf(modules, variant);
  });

function addSource(
  file: string,
  module: Module,
  sources: Source[],
  { shape, of }: { shape: number; of: number },
): void {
  const name = `make${sources.length}`;
  const source = at(SOURCES, shape);
  const below = sources.filter((each) => each.gives === 'agent');
  // Every other one is built of another's, where there is one.
  const used = of % 2 === 0 && below.length > 0 ? at(below, of) : undefined;
  if (used) take(module, used.file, used.name, file);
  else take(module, 'agents/facebook-ads-agent', 'FacebookAdsAgent', file);
  module.statements.push(source.text(name, used?.call ?? 'new FacebookAdsAgent()'));
  module.exports.push(name);
  sources.push({ name, file, gives: source.gives, call: source.call?.(name) ?? `${name}()` });
}

function take({ imports }: Module, from: string, name: string, file: string): void {
  if (from !== file) imports.set(from, (imports.get(from) ?? new Set()).add(name));
}

function barrelOf(files: readonly string[], sources: readonly Source[]): Module {
  const imports = new Map<string, Set<string>>();
  for (const file of files)
    imports.set(file, new Set(sources.filter((each) => each.file === file).map(({ name }) => name)));
  return { imports, statements: [], exports: sources.map(({ name }) => name) };
}

function routesOf(
  routes: readonly { shape: number; of: number }[],
  sources: readonly Source[],
  barrel: boolean,
  { express }: Variant,
): Module {
  const module: Module = { imports: new Map(), statements: [], exports: ['router'] };
  module.statements.push(express === 4 ? 'const router = express.Router();' : 'const router = Router();');
  for (const [index, { shape, of }] of routes.entries()) {
    const source = at(sources, of);
    take(module, barrel ? 'lib/index' : source.file, source.name, 'routes/main');
    const shapes = source.gives === 'agent' || source.gives === 'promise' ? HANDLERS : ANSWERS[source.gives];
    const fitting = shapes.filter((each) => each.takes?.(source) !== false);
    const agent = source.gives === 'promise' ? `await ${source.call}` : source.call;
    module.statements.push(at(fitting, shape).text(`/r${index}`, { agent, ...source }));
  }
  return module;
}

function treeOf(modules: ReadonlyMap<string, Module>, variant: Variant): Omit<Tree, 'name'> {
  const { flavour, cache, express } = variant;
  const extension = flavour === 'ts' ? 'ts' : 'js';
  const files = Object.fromEntries(
    [...modules].map(([file, module]) => [`${file}.${extension}`, textOf(file, module, variant)]),
  );
  const caches = {
    connecting: {},
    building: { [`utils/agent-cache.${extension}`]: BUILDING_CACHE },
    synchronous: { [`utils/agent-cache.${extension}`]: synchronousCache(flavour) },
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

function textOf(
  file: string,
  { imports, statements, exports }: Module,
  { flavour, express }: Variant,
): string {
  const up = '../'.repeat(file.split('/').length - 1);
  const isCommonJs = flavour === 'cjs';
  const isRoutes = file.startsWith('routes/');
  const name = express === 4 ? 'express' : '{ Router }';
  const head = isRoutes
    ? [isCommonJs ? `const ${name} = require('express');` : `import ${name} from 'express';`]
    : [];
  for (const [from, names] of imports) {
    const given = `{ ${[...names].join(', ')} }`;
    const module = `'${up}${from}${IMPORT_EXTENSION[flavour]}'`;
    head.push(isCommonJs ? `const ${given} = require(${module});` : `import ${given} from ${module};`);
  }
  const list = exports.join(', ');
  const tail = isCommonJs ? `module.exports = { ${list} };` : `export { ${list} };`;
  return `${head.join('\n')}\n\n${[...statements, tail].join('\n\n')}\n`;
}

function at<T>(all: readonly T[], index: number): T {
  const found = all[index % all.length];
  if (found === undefined) throw new RangeError('nothing to choose from');
  return found;
}
