import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHILD_PROGRAM } from './child-program.ts';
import type { Part } from './mixed-arguments.ts';
import { UsageError } from '../../cli/usage-error.ts';

const LONGEST_MS = 30_000;
/** Of what a module says when it cannot be called, characters. */
const LONGEST_WORDS = 300;

/** Whether calls of the functions of the cache gave one instance; absent for what the module does not have. */
export interface Calls {
  factory?: boolean;
  provider?: boolean;
  /** The same, once the life of the first instance is over. */
  factoryAged?: boolean;
  providerAged?: boolean;
  keyed?: KeyedCalls;
  /** Why the getter with an entry for each set of arguments could not be called. */
  keyedFault?: string;
  /** Why it could be called only with the methods of the agent answering nothing. */
  bareSince?: string;
}

/** What a getter with an entry for each set of arguments did with made-up ones. */
export interface KeyedCalls {
  /** Whether the same arguments gave one instance. */
  keeps: boolean;
  /** What made no difference. */
  mixed: Part[];
  /** How many arguments, or properties of them, it was tried with. */
  parts: number;
}

/** The names of what is called. */
export interface CalledNames {
  factory: string;
  provider: string;
  /** The getter with an entry for each set of arguments, where it is to be called. */
  keyed?: string;
  agentClass: string;
  /** The modules, or the package, that the agent's class is imported from; absolute where they are files. */
  agentModules: readonly string[];
}

/**
 * Loads a cache module in a process of its own and calls it twice; once more with an agent whose methods answer nothing
 * where it cannot be called as it is, since those may want a service that is not there.
 *
 * @param file absolute
 * @throws UsageError when it cannot be loaded or gives nothing, with the reason
 */
export function callInProcess(root: string, file: string, names: CalledNames, env: NodeJS.ProcessEnv): Calls {
  const asItIs = callOnce(root, file, { ...names, agentModules: [] }, env);
  if (!('fault' in asItIs)) return asItIs;
  const bare = names.agentModules.length === 0 ? asItIs : callOnce(root, file, names, env);
  if (!('fault' in bare)) return { ...bare, bareSince: firstLine(asItIs.fault) };
  throw new UsageError(
    `--verify-cache: ${path.relative(root, file)} could not be run: ${firstLine(asItIs.fault)}`,
  );
}

function callOnce(
  root: string,
  file: string,
  { factory, provider, keyed = '', agentClass, agentModules }: CalledNames,
  env: NodeJS.ProcessEnv,
): Calls | { fault: string } {
  const loader = loaderFor(file, root);
  const args = [
    ...loader,
    '--input-type=module',
    '--eval',
    CHILD_PROGRAM,
    '--',
    pathToFileURL(file).href,
    factory,
    provider,
    keyed,
    agentClass,
    ...agentModules.map((each) => (path.isAbsolute(each) ? pathToFileURL(each).href : each)),
  ];
  const { status, stderr, output, error } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...env, PATH: env.PATH ?? process.env.PATH },
    encoding: 'utf8',
    timeout: LONGEST_MS,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const answer = read(output[3]);
  if (answer !== undefined) return answer;
  const words = lastWords(stderr) || `it ended with code ${status}`;
  return { fault: error === undefined ? words : 'it did not end within 30 s' };
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
  const told = (name: string) => {
    const each: unknown = Reflect.get(value, name);
    return typeof each === 'boolean' ? { [name]: each } : {};
  };
  const keyed: unknown = Reflect.get(value, 'keyed');
  const fault: unknown = Reflect.get(value, 'keyedFault');
  return {
    ...told('factory'),
    ...told('provider'),
    ...told('factoryAged'),
    ...told('providerAged'),
    ...(isKeyedCalls(keyed) ? { keyed } : {}),
    ...(typeof fault === 'string' ? { keyedFault: firstLine(fault) } : {}),
  };
}

function isKeyedCalls(value: unknown): value is KeyedCalls {
  return typeof value === 'object' && value !== null && 'keeps' in value && 'mixed' in value;
}

function lastWords(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => /Error\b/.test(line))
      ?.trim() ?? ''
  );
}

/** On one line, and no longer than one can read. */
function firstLine(text: string): string {
  const line = text.trim().replaceAll(/:?\s*\n\s*(?:- )?/g, '; ');
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line;
}
