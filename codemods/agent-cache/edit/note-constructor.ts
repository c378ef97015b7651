import { creationOnlyBuilds } from '../flow/effects/creation-only-builds.ts';
import { agentEffects } from '../flow/effects/effects.ts';
import { promiseOfConstructor } from '../flow/effects/promise-of-constructor.ts';
import type { Judged } from '../migration.ts';
import { shownPath } from '../survey/code/place-at.ts';

/**
 * Notes what lasts longer from now on: a setting that the constructor reads, of which a change is seen only when the
 * shared agent is built anew, and a promise that it keeps, whose failure one request met and all would meet until then.
 * Where the cache waits for more than the constructor, an agent that failed is not kept.
 */
export function noteConstructor(migration: Judged): void {
  const rewired = migration.sites.find(({ plan }) => plan !== undefined && plan.form !== 'manual');
  if (!rewired) return;
  const { isTask, options, notes } = migration;
  const { agentClass, taskTtl } = options;
  const line = rewired.expression.node.loc?.start.line ?? 1;
  const life = isTask ? `up to ${taskTtl} seconds` : "up to the cache's TTL";
  const settings = agentEffects(migration)?.constructing.settings;
  if (settings) {
    const read = settings.isFile ? 'a file' : 'what requests set';
    notes.push({
      line,
      text: `the constructor of ${agentClass} reads ${read} (${settings.what}, line ${settings.line} of ${shownPath(settings.file, migration)}): a change of it counted from the next call on, and now ${life} later`,
    });
  }
  const promise = creationOnlyBuilds(migration) ? promiseOfConstructor(migration) : undefined;
  if (promise)
    notes.push({
      line,
      text: `${agentClass} keeps what ${promise.method}() gives from its start (line ${promise.line} of ${shownPath(promise.file, migration)}): where that fails, all who share the agent meet it for ${life}, unless createAgent() awaits it`,
    });
}
