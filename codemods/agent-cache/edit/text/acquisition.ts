import type { NodePath } from '@babel/traverse';
import type { Migration, RemoteFactory, Site } from '../../migration.ts';
import { capitalised, nounOf } from '../../source/client-noun.ts';
import { keyedGetter } from '../../options.ts';
import { textOf } from '../../source/edit.ts';
import { withComments, writtenArguments } from './argument-comments.ts';
import { cacheExport } from './cache-names.ts';

/**
 * The expression that gives a promise of the cached agent, without anything declared before it; with the comments that
 * stand among the arguments of the place that it is written for.
 */
export function inlineAcquisition(
  migration: Migration,
  place: NodePath,
  instead?: Site['expression'],
): string {
  const call = migration.isTask
    ? `${providerCall(migration, place)}.getAgent()`
    : `${cacheExport(migration, migration.options.factory, place)}()`;
  return instead ? withComments(call, migration, instead) : call;
}

/** The expression that gives a task its provider. */
export function providerCall(migration: Migration, place: NodePath): string {
  const { provider, taskTtl } = migration.options;
  return `${cacheExport(migration, provider, place)}({ cacheTtl: ${taskTtl} })`;
}

/** A name for the provider that nothing at the place has yet, the providers of the edits included. */
export function freeProviderName(migration: Migration, place: NodePath): string {
  const noun = nounOf(migration.options.agentClass);
  const Noun = capitalised(noun);
  const candidates = ['provider', `${noun}Provider`, `cached${Noun}Provider`];
  const taken = new Set(
    migration.providers.flatMap(({ name, before }) => (before.scope === place.scope ? [name] : [])),
  );
  const found = candidates.find((name) => !place.scope.hasBinding(name) && !taken.has(name));
  if (found) return found;
  for (let number = 2; ; number++) {
    const name = `${noun}Provider${number}`;
    if (!migration.names().declared.has(name) && !taken.has(name)) return name;
  }
}

/** The call that gives the entry of the place's own arguments, which stand in it as they were written. */
function keyedCall(migration: Migration, expression: Site['expression']): string {
  const getter = cacheExport(migration, keyedGetter(migration.options), expression);
  for (const each of expression.node.arguments) migration.keptNodes.add(each);
  return `${getter}(${writtenArguments(migration, expression) ?? ''})`;
}

/** The other file's factory stays, and where it gave its agent at once, it will give a promise. */
function keepImported(migration: Migration, { import: imported, exported }: RemoteFactory): void {
  migration.keptImports.add(imported.binding);
  if (!exported.async && !exported.cached) migration.restsOn.add(exported.file);
}

/** The place's own call, where its factory stays and gives the cached agent; undefined where the cache is asked. */
export function keptCall(migration: Migration, site: Site): string | undefined {
  const { expression, factory, remote } = site;
  if (site.keyed) return keyedCall(migration, expression);
  // What is called as `exports.make()` is called so for tests, which may put something in its place.
  const isExport = factory?.fate === 'reexport' && expression.node.callee.type === 'MemberExpression';
  if (remote?.exported.guarded) keepImported(migration, remote);
  else if (factory?.fate !== 'wrap' && !isExport) return undefined;
  for (const each of expression.node.arguments) migration.keptNodes.add(each);
  return textOf(migration, expression.node);
}
