import type { Effect } from '../interpreter/agent-effects.ts';
import type { Judged } from '../../migration.ts';
import { isAssumed, METHOD_KEEPS_NOTHING } from './assumed.ts';
import { agentEffects } from './effects.ts';
import { ownMethods } from './own-methods.ts';

const CLOSES =
  /^(close|disconnect|destroy|dispose|shutdown|terminate|teardown|quit|release)([A-Z_]|$)|^(end|stop|abort|kill|asyncDispose)$/;
const CHANGES = /^(set|configure|switch|change|impersonate|use)([A-Z_]|$)|^(reset|clear|login|logout)$/;
const LISTENS = /^(on|once|off)$|Listener$/;
const PART_CHANGES =
  /^(push|pop|shift|unshift|splice|sort|reverse|fill|set|add|delete|clear|assign|use|eject)$|^set(Access|Account|Api|Auth|Base|Credential|Debug|Default|Header|Language|Locale|Logger|Option|Proxy|Retr|Timeout|Token|Url|Version)/;
const KEEPS =
  /^(set|add|push|unshift|splice|fill|register|provide|store|save|use|cache|remember|enqueue|subscribe|attach|emit)([A-Z_]|$)/;
/** Functions of packages that write to their first argument, as lodash's do. */
const WRITES =
  /^(merge|mergeWith|mergeDeep|deepMerge|extend|deepExtend|assign|assignIn|assignWith|defaults|defaultsDeep|set|setWith|unset|mutate|patch|override|configure)$/;

/** What a method of the agent does to it: by the source of its class, where that is there, otherwise by its name. */
export function effectOf(name: string, migration: Judged): 'change' | 'close' | undefined {
  if (LISTENS.test(name)) return 'change';
  const effects = agentEffects(migration);
  const isKnown = effects?.has(name) === true;
  if (CLOSES.test(name)) {
    // `closeCampaign(id)` closes something else.
    const takesArguments = ownMethods(migration).get(name)?.takesArguments === true;
    const closesAnother = /[A-Z_]/.test(name) && takesArguments && isKnown && effects.of(name) === undefined;
    return closesAnother ? undefined : 'close';
  }
  if (isKnown) return foundEffect(name, migration) ? 'change' : undefined;
  return CHANGES.test(name) && !isAssumed(METHOD_KEEPS_NOTHING, name, migration) ? 'change' : undefined;
}

/** What the source of a method says that it does to the agent; nothing where somebody vouches for what only seems so. */
export function foundEffect(name: string, migration: Judged): Effect | undefined {
  const effect = agentEffects(migration)?.of(name);
  if (!effect || effect.is === 'keeps') return effect;
  return isAssumed(METHOD_KEEPS_NOTHING, name, migration) ? undefined : effect;
}

/** Whether a method of a part of the agent (`agent.tags.push`) changes it. */
export function changesPart(name: string): boolean {
  return LISTENS.test(name) || PART_CHANGES.test(name);
}

/** Whether code that cannot be read is named as if it kept its argument (`registerAgent`). */
export function keepsByName(name: string): boolean {
  return KEEPS.test(name);
}

/** Whether code that cannot be read is named as if it wrote to its first argument (`merge`). */
export function writesByName(name: string): boolean {
  return WRITES.test(name);
}
