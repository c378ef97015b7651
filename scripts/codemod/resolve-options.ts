import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS, moduleEnd } from '../../codemods/agent-cache/options.ts';
import { defaultGetter } from './default-getter.ts';
import { allAssumed } from './assumptions.ts';
import type { Arguments } from './arguments.ts';
import { configFileFor, readConfigFile } from './config-file.ts';

/** Flags win over the configuration file, and that over the defaults. */
export async function resolveOptions({ config, flags, init, paths }: Arguments): Promise<CodemodOptions> {
  const file = config ?? configFileFor(init === undefined ? paths : [init]);
  const configured = file === undefined ? {} : await readConfigFile(shown(file));
  const { assume: configuredAssume = [], ...others } = configured;
  const { assume: given = [], ...flagged } = flags;
  const asked = { ...withoutOtherGetter(others, flagged), ...flagged };
  const factory = defaultGetter(init ?? paths[0] ?? '.', asked);
  const options = { ...DEFAULT_OPTIONS, factory, ...asked };
  // What is known of a class here says nothing of one by the same name in another tree.
  const isAbout =
    config !== undefined || (file !== undefined && paths.every((each) => isBelow(each, path.dirname(file))));
  const known = isAbout ? configuredAssume.map(({ of = '', ...each }) => ({ ...each, of })) : [];
  const assume = allAssumed(known, given, options.agentClass);
  return {
    ...options,
    ...(assume.length > 0 ? { assume } : {}),
    agentModule: moduleEnd(options.agentModule),
  };
}

/** The getter of the configured class is none of another class, in a cache module of its own. */
export function withoutOtherGetter<Options extends Partial<CodemodOptions>>(
  configured: Options,
  { agentClass, cacheModule }: Partial<CodemodOptions>,
): Options {
  const isOther =
    agentClass !== undefined &&
    cacheModule !== undefined &&
    configured.agentClass !== undefined &&
    configured.agentClass !== agentClass &&
    configured.cacheModule !== cacheModule;
  if (!isOther) return configured;
  const { factory: _, ...others } = configured;
  return others as Options;
}

function isBelow(file: string, folder: string): boolean {
  return !path.relative(folder, path.resolve(file)).startsWith('..');
}

function shown(file: string): string {
  const relative = path.relative('', file);
  return relative.startsWith('..') ? file : relative;
}
