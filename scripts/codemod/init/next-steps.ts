import {
  type CodemodOptions,
  DEFAULT_OPTIONS,
  getterOf,
  keyedGetter,
} from '../../../codemods/agent-cache/options.ts';
import { clientName, nounOf } from '../../../codemods/agent-cache/source/client-noun.ts';
import { commandLine } from '../../cli/command-line.ts';
import { shownPath } from '../../cli/shown-path.ts';
import { creatorOf } from './cache-words.ts';
import type { WhatToBuild } from './what-to-build.ts';

/** How many places are named at most. */
const SHOWN_PLACES = 10;

/** What a person does with a module that was written, and which places build otherwise than that does. */
export function nextSteps(
  target: string,
  folder: string,
  options: CodemodOptions,
  what: WhatToBuild,
): string {
  const { built, keyed } = what;
  const { agentClass, factory } = options;
  const noun = nounOf(agentClass);
  const creates = creatorOf(agentClass);
  const gives = [
    ...(built ? [`${factory}() shares one ${clientName(options)}`] : []),
    ...(keyed ? [`${keyedGetter(options)}(…) keeps one for each set of arguments`] : []),
  ];
  return `Wrote ${shownPath(target)}: ${gives.join(', ')}.
${differingText(what)}
Next:
  1. Read it. ${creates}${built ? '' : 'For'}() is where the ${noun} is built; DEFAULT_TTL says for how long it is shared.
  2. ${commandLine('codemod', ['--dry-run', ...sameOptions(options, keyed !== undefined), folder])}    to see what would change
  3. Commit, then run it without --dry-run, and run your type check and tests.
`;
}

/** The options that name the same class and cache to the codemod, where those are not its defaults. */
function sameOptions(options: CodemodOptions, isKeyed: boolean): string[] {
  const { agentClass, agentModule, cacheModule, factory, provider, builtBy } = options;
  const given: [flag: string, value: string | undefined, byDefault: string | undefined][] = [
    ['--agent-class', agentClass, DEFAULT_OPTIONS.agentClass],
    ['--agent-module', agentModule, DEFAULT_OPTIONS.agentModule],
    ['--cache-module', cacheModule, undefined],
    ['--factory', factory, getterOf(agentClass)],
    ['--provider', provider, DEFAULT_OPTIONS.provider],
    ['--built-by', builtBy === 'new' ? undefined : builtBy, undefined],
  ];
  const named = given.flatMap(([flag, value, byDefault]) =>
    value === undefined || value === byDefault ? [] : [flag, value],
  );
  return [...(isKeyed ? ['--keyed'] : []), ...named];
}

/**
 * The places that do not build as the written module does, which the codemod will leave, or give entries of their own;
 * empty where all do.
 */
export function differingText({ built, constructions: { differing } }: WhatToBuild): string {
  if (differing.length === 0) return '';
  const shownPlaces = differing.slice(0, SHOWN_PLACES).map((place) => `  ${place}`);
  const more = differing.length > SHOWN_PLACES ? [`  and ${differing.length - SHOWN_PLACES} more`] : [];
  const head =
    built === undefined
      ? 'Each of these gets an entry for its arguments:'
      : `It builds ${built.code}; these build it otherwise:`;
  return [head, ...shownPlaces, ...more, ''].join('\n');
}
