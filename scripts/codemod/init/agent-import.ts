import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { filesNow } from '../../../codemods/agent-cache/files/files-once.ts';
import { isBundled, isOfSource } from '../../../codemods/agent-cache/files/import-habit.ts';

/** How many files are read to learn how the tree writes its imports. */
const SAMPLE = 300;

/** What the cache module has to know of the agent's own module. */
export interface AgentModule {
  /** The agent's file, or undefined when it comes from a package. */
  file?: string;
  /** The package's name, or the path's end. */
  name: string;
}

/**
 * Whether a new file of JavaScript is to be a CommonJS module: by its extension, by the text of a file like it (a
 * bundler may take what Node would not), or by the `type` of its package.
 */
export function isCommonJs(target: string, like: string | undefined): boolean {
  if (/\.[cm]js$/.test(target)) return target.endsWith('.cjs');
  const text = like === undefined ? '' : readFileSync(like, 'utf8');
  if (/^\s*(import|export)\b/m.test(text)) return false;
  return /\brequire\(|\bexports\b/.test(text) || packageTypeOf(path.dirname(target)) !== 'module';
}

/** What the nearest package.json says of its modules; undefined when it says nothing. */
function packageTypeOf(folder: string): 'module' | 'commonjs' | undefined {
  const manifest = path.join(folder, 'package.json');
  if (existsSync(manifest)) {
    const found = /"type"\s*:\s*"(module|commonjs)"/.exec(readFileSync(manifest, 'utf8'))?.[1];
    return found === 'module' || found === 'commonjs' ? found : undefined;
  }
  const parent = path.dirname(folder);
  return parent === folder ? undefined : packageTypeOf(parent);
}

/** The statement that imports the agent's class into `target`, as the tree would write it. */
export function agentImport(
  agentClass: string,
  agent: AgentModule,
  target: string,
  sources: readonly string[],
  commonJs: boolean,
  quote: string,
): string {
  const text = agent.file === undefined ? '' : readFileSync(agent.file, 'utf8');
  const specifier =
    agent.file === undefined ? agent.name : relativeSpecifier(agent.file, target, sources, commonJs);
  const whole =
    agent.file === undefined ? importsWhole(agentClass, agent.name, sources) : exportsWhole(agentClass, text);
  const quoted = `${quote}${specifier}${quote}`;
  const named = commonJs && isDefaultProperty(agentClass, text) ? `default: ${agentClass}` : agentClass;
  const binding = whole ? agentClass : `{ ${named} }`;
  return commonJs ? `const ${binding} = require(${quoted});` : `import ${binding} from ${quoted};`;
}

function exportsWhole(agentClass: string, text: string): boolean {
  const name = escapeRegExp(agentClass);
  const whole = `(export\\s+default|module\\.exports\\s*=)\\s+(class\\s+)?${name}(?![\\w$])`;
  return new RegExp(`${whole}|export\\s*\\{[^}]*(?<![\\w$])${name}\\s+as\\s+default(?![\\w$])`).test(text);
}

/** `exports.default = Client`, and no export by its own name. */
function isDefaultProperty(agentClass: string, text: string): boolean {
  const name = escapeRegExp(agentClass);
  return (
    new RegExp(`exports\\.default\\s*=\\s*${name}(?![\\w$])`).test(text) &&
    !new RegExp(`exports\\.${name}(?![\\w$])`).test(text)
  );
}

/** A package's way to export is not ours to read: the tree's own imports of it tell. */
function importsWhole(agentClass: string, module: string, sources: readonly string[]): boolean {
  const name = escapeRegExp(agentClass);
  const whole = new RegExp(
    `(import\\s+${name}(?![\\w$])[^;]*from\\s*|const\\s+${name}\\s*=\\s*require\\(\\s*)['"]${escapeRegExp(module)}['"]`,
  );
  return sources.slice(0, SAMPLE).some((file) => whole.test(readFileSync(file, 'utf8')));
}

/** How a new file imports another one of the tree, in the tree's own manner. */
export function relativeSpecifier(
  file: string,
  target: string,
  sources: readonly string[],
  commonJs: boolean,
): string {
  const bare = path
    .relative(path.dirname(target), file)
    .split(path.sep)
    .join('/')
    .replace(/\.([cm]?)[jt]sx?$/, '');
  const specifier = bare.startsWith('.') ? bare : `./${bare}`;
  if (!/\.[cm]?[jt]sx?$/.test(file)) return specifier;
  const emitted = `.${/\.([cm]?)[jt]sx?$/.exec(file)?.[1] ?? ''}js`;
  switch (extensionHabit(sources)) {
    case 'none':
      return specifier.replace(/(?<=[^./])\/index$/, '');
    case 'source':
      return `${specifier}${path.extname(file)}`;
    case 'emitted':
      return `${specifier}${emitted}`;
    default:
      return commonJs || !wantsExtension(target) ? specifier : `${specifier}${emitted}`;
  }
}

/** Whether a new file has to write extensions, where no other one shows: it need not where a bundler reads it. */
function wantsExtension(target: string): boolean {
  return !isBundled(path.resolve(target).split(path.sep).join('/'), filesNow);
}

/** The quote that most imports of the tree are written in; the single one where it has none. */
export function quoteHabit(sources: readonly string[]): string {
  let lead = 0;
  for (const file of sources.slice(0, SAMPLE)) {
    for (const [, quote] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\brequire\()\s*(['"])/g)) {
      lead += quote === '"' ? 1 : -1;
    }
  }
  return lead > 0 ? '"' : "'";
}

type ExtensionHabit = 'none' | 'source' | 'emitted';

/** Whether relative imports of the tree end in no extension, in `.ts`, or in `.js`; undefined without any. */
function extensionHabit(sources: readonly string[]): ExtensionHabit | undefined {
  const counts: Record<ExtensionHabit, number> = { none: 0, source: 0, emitted: 0 };
  for (const file of sources.slice(0, SAMPLE)) {
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:from|require\()\s*['"](\.[^'"]+)['"]/g,
    )) {
      if (!isOfSource(specifier)) continue;
      if (/\.[cm]?tsx?$/.test(specifier)) counts.source++;
      else if (/\.[cm]?jsx?$/.test(specifier)) counts.emitted++;
      else counts.none++;
    }
  }
  const [habit, count] = (Object.entries(counts) as [ExtensionHabit, number][]).reduce((most, each) =>
    each[1] > most[1] ? each : most,
  );
  return count === 0 ? undefined : habit;
}
