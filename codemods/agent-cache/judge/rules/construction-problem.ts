import type { Judged, Problem } from '../../migration.ts';
import { takenWhileBuilt } from '../../flow/effects/taken-while-built.ts';
import { CONSTRUCTOR_READS_NOTHING, howToAssume, isAssumed } from '../../flow/effects/assumed.ts';
import { agentEffects, packageSetInRequests } from '../../flow/effects/effects.ts';
import { isEnvironmentFilled } from '../../flow/interpreter/environment-fills.ts';
import { reason } from '../../reasons/reason.ts';
import { lineAt } from '../../survey/code/place-at.ts';

/** Classes of Node whose instances are used once, or belong to one caller. */
const ONCE =
  /(^|[ .:])(Readable|Writable|Duplex|Transform|PassThrough|Stream|ReadStream|WriteStream|ReadableStream|WritableStream|TransformStream|Socket|ClientRequest|IncomingMessage|ServerResponse|OutgoingMessage)$|^native node:stream\b/;
const ABORTS = /(^|[ .])(AbortController|AbortSignal)$/;

/** Why no instance of the class can be shared: what its constructor reads, or what it extends. */
export function constructionProblem(migration: Judged): Problem | undefined {
  const effects = agentEffects(migration);
  const { agentClass } = migration.options;
  if (!effects) {
    const set = packageSetInRequests(migration);
    if (isAssumed(CONSTRUCTOR_READS_NOTHING, '', migration)) return undefined;
    if (set !== undefined) return readsRequest(`${set}, which requests set`, [], migration);
    return isFilled(migration) ? readsRequest(FILLED, [], migration) : undefined;
  }
  const { base = '', constructing } = effects;
  if (ONCE.test(base)) return reason('class-used-once', [], { agentClass, what: 'a stream' });
  if (ABORTS.test(base))
    return reason('class-used-once', [], { agentClass, what: base.replace(/^native /, '') });
  if (isAssumed(CONSTRUCTOR_READS_NOTHING, '', migration)) return undefined;
  const ambient = constructing.ambient ?? takenWhileBuilt(migration);
  if (ambient) return readsRequest(ambient.what, [lineAt(ambient.file, ambient.line, migration)], migration);
  const { environment } = constructing;
  if ((!environment && !cacheReadsEnvironment(migration)) || !isFilled(migration)) return undefined;
  const at = environment ? [lineAt(environment.file, environment.line, migration)] : [];
  return readsRequest(FILLED, at, migration);
}

const FILLED = 'process.env, which requests fill';

function isFilled({ project, path, options }: Judged): boolean {
  return project !== undefined && isEnvironmentFilled(path, options.agentClass, project);
}

/** Whether what the cache builds its agent of may be of the environment. */
function cacheReadsEnvironment({ project, path }: Judged): boolean {
  const file = project?.cacheModuleOf(path);
  return file !== undefined && /\bprocess\b|\benv\b/.test(project?.read(file) ?? '');
}

function readsRequest(what: string, at: Problem['at'], migration: Judged): Problem {
  const assume = howToAssume(CONSTRUCTOR_READS_NOTHING, '', migration);
  return reason('constructor-reads-request', at, { agentClass: migration.options.agentClass, what, assume });
}
