import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../../cli/usage-error.ts';

const LONGEST_MS = 30_000;

/** Whether two calls of a function of the cache gave one instance. */
export interface Calls {
  factory: boolean;
  /** Absent where the module has no provider. */
  provider?: boolean;
}

/** Runs in the child: calls at once and once more, and says what it saw on a channel of its own. */
const CHILD = `
import { writeSync } from 'node:fs';
const [file, factory, provider] = process.argv.slice(1);
const say = (what) => { writeSync(3, JSON.stringify(what)); process.exit(0); };
const isOne = async (get) => {
  const [first, second] = await Promise.all([get(), get()]);
  const third = await get();
  if ((typeof first !== 'object' && typeof first !== 'function') || first === null) throw new Error('it gives no instance');
  return first === second && second === third;
};
try {
  const loaded = await import(file);
  const find = (name) => loaded[name] ?? loaded.default?.[name];
  const get = find(factory);
  if (typeof get !== 'function') throw new Error('it exports no function ' + factory);
  const answer = { factory: await isOne(() => get()) };
  const provide = find(provider);
  if (typeof provide === 'function') answer.provider = await isOne(async () => (await provide({ cacheTtl: 60 })).getAgent());
  say(answer);
} catch (error) {
  say({ fault: String(error?.message ?? error) });
}
`;

/**
 * Loads a cache module in a process of its own and calls it twice.
 *
 * @param file absolute
 * @throws UsageError when it cannot be loaded or gives nothing, with the reason
 */
export function callInProcess(
  root: string,
  file: string,
  { factory, provider }: { factory: string; provider: string },
  env: NodeJS.ProcessEnv,
): Calls {
  const shown = path.relative(root, file);
  const loader = loaderFor(file, root);
  const args = [
    ...loader,
    '--input-type=module',
    '--eval',
    CHILD,
    '--',
    pathToFileURL(file).href,
    factory,
    provider,
  ];
  const { status, stderr, output, error } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...env, PATH: env.PATH ?? process.env.PATH },
    encoding: 'utf8',
    timeout: LONGEST_MS,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const answer = read(output[3]);
  if (answer === undefined) {
    const words =
      error === undefined
        ? lastWords(stderr) || `it ended with code ${status}`
        : 'it did not end within 30 s';
    throw new UsageError(`--verify-cache: ${shown} could not be run: ${words}`);
  }
  if ('fault' in answer)
    throw new UsageError(`--verify-cache: ${shown} could not be run: ${firstLine(answer.fault)}`);
  return answer;
}

/** How Node.js is to load TypeScript: by tsx where it is installed, or by itself where it can. */
function loaderFor(file: string, root: string): string[] {
  if (!/\.[cm]?tsx?$/.test(file)) return [];
  // The tree's own first, then one beside this tool.
  for (const from of [path.join(root, 'package.json'), process.argv[1] ?? '', import.meta.filename]) {
    try {
      return ['--import', pathToFileURL(createRequire(from).resolve('tsx')).href];
    } catch {
      // Looked for in the next place.
    }
  }
  if ('typescript' in process.features && process.features.typescript !== false) return [];
  throw new UsageError(
    '--verify-cache needs tsx to load TypeScript on this Node.js: npm install --save-dev tsx',
  );
}

function read(text: string | null | undefined): Calls | { fault: string } | undefined {
  if (!text) return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  if ('fault' in value && typeof value.fault === 'string') return { fault: value.fault };
  if (!('factory' in value) || typeof value.factory !== 'boolean') return undefined;
  const provider =
    'provider' in value && typeof value.provider === 'boolean' ? { provider: value.provider } : {};
  return { factory: value.factory, ...provider };
}

function lastWords(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => /Error\b/.test(line))
      ?.trim() ?? ''
  );
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
