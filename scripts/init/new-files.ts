import { clientName } from '../../codemods/agent-cache/source/client-noun.ts';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { keyedGetter } from '../../codemods/agent-cache/options.ts';
import { paletteFor } from '../cli/colour.ts';
import { shownPath } from '../cli/shown-path.ts';
import { writeFileAtomically } from '../cli/write-file.ts';
import type { FormatAsTree } from '../codemod/formatting/format-as-tree.ts';
import type { NewCacheModule } from '../codemod/init/init-cache-module.ts';
import { type Given, givenBy } from './given-by.ts';
import { guideText } from './guide-text.ts';
import { healthRouteText } from './health-route-text.ts';

/** A file that is to be written, by its absolute path. */
export interface NewFile {
  target: string;
  text: string;
  /** What it is if it was written for the same tree in another manner, and never edited: it is written anew then. */
  earlier?: readonly string[];
}

/** What is there and was written by init, in another manner than is asked for now, is replaced; what was edited never. */
export function isReplaced({ target, text, earlier = [] }: NewFile): boolean {
  if (earlier.length === 0 || !existsSync(target)) return false;
  const present = readFileSync(target, 'utf8');
  return present !== text && earlier.includes(present);
}

/** A new file as the tree's formatter writes it; what init wrote before may have been formatted as well. */
export async function formatted(file: NewFile, format: FormatAsTree): Promise<NewFile> {
  const { target, text, earlier = [] } = file;
  const asTree = async (each: string) => (await format(target, '', each)).text;
  const before = await Promise.all(earlier.map(asTree));
  return { ...file, text: await asTree(text), earlier: [...earlier, ...before] };
}

/** The configuration that the codemod and the checklist go by. */
export function configFile(root: string, { options, target, outside }: NewCacheModule): NewFile {
  const { agentClass, agentModule, factory, provider, cacheModule, sync, keyed, builtBy } = options;
  const configOf = (manner: { sync?: boolean | undefined; keyed?: boolean | undefined }) => {
    const config = {
      $schema: './node_modules/agent-cache-tools/dist/agent-cache.config.schema.json',
      agentClass,
      agentModule,
      factory,
      provider,
      ...(cacheModule === undefined && outside.length === 0
        ? {}
        : { cacheModule: relative(root, target).replace(/\.[cm]?[jt]s$/, '') }),
      ...(builtBy !== undefined && builtBy !== 'new' && { builtBy }),
      ...(manner.sync && { sync: true }),
      ...(manner.keyed && { keyed: true }),
    };
    return `${JSON.stringify(config, null, 2)}\n`;
  };
  return {
    target: path.join(root, 'agent-cache.config.json'),
    text: configOf({ sync, keyed }),
    earlier: [{}, { sync: true }, { keyed: true }, { sync: true, keyed: true }].map(configOf),
  };
}

/** The guide, with the files that have something to do. */
export async function guideFile(
  root: string,
  folder: string,
  cache: NewCacheModule,
  given: Given,
): Promise<NewFile> {
  const { options, target } = cache;
  const files: string[] = [];
  for await (const { path: file, status, occurrences } of migrateTree([folder], options)) {
    if (status !== 'unchanged' || occurrences.length > 0) files.push(relative(root, path.resolve(file)));
  }
  const textOf = ({ shared, keyed }: Given, text: string) =>
    guideText({
      client: clientName(options),
      shared: shared ? `${options.factory}()` : undefined,
      keyed: keyed ? `${keyedGetter(options)}(…)` : undefined,
      folder: relative(root, path.resolve(folder)) || '.',
      cacheModule: relative(root, target),
      library: /['"]agent-cache-tools['"]/.test(text),
      files,
    });
  const earlier =
    cache.replaced === undefined ? [] : [textOf(givenBy({ text: cache.replaced, options }), cache.replaced)];
  return { target: path.join(root, 'MIGRATION.md'), text: textOf(given, cache.text), earlier };
}

/** The health route, beside the cache module, where every tree finds it. */
export function healthFile({ target, options, typescript, commonJs, text }: NewCacheModule): NewFile {
  const extension = path.extname(target);
  // The cache module's own import says how the tree writes extensions.
  const [, written = ''] = /(?:from|require\()\s*['"]\.[^'"]*?(\.[cm]?[jt]s)?['"]/.exec(text) ?? [];
  const bare = path.basename(target, extension);
  const specifier = `./${bare}${written}`;
  const route = healthRouteText({ provider: options.provider, specifier, typescript, commonJs });
  return { target: path.join(path.dirname(target), `agent-cache-health${extension}`), text: route };
}

/** Shows files as they would be written, and what is told of them. */
export async function show(files: readonly NewFile[], told: string): Promise<void> {
  const { unifiedDiff } = await import('../codemod/unified-diff.ts');
  const palette = paletteFor(process.stdout);
  for (const file of files) {
    const before = isReplaced(file) ? readFileSync(file.target, 'utf8') : undefined;
    process.stdout.write(unifiedDiff(shownPath(file.target), before, file.text, palette));
  }
  process.stdout.write(told);
  process.stdout.write('\nNothing was written: this was a dry run.\n');
}

/** Writes a file in one step, with the folders that it needs. */
export function write({ target, text }: NewFile): void {
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileAtomically(target, text);
}

function relative(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}
