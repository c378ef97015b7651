import type { Judged, Problem } from '../../migration.ts';
import { CONSTRUCTOR_READS_NOTHING, howToAssume, isAssumed } from '../../flow/effects/assumed.ts';
import { agentEffects } from '../../flow/effects/effects.ts';
import { reason } from '../../reasons/reason.ts';
import { lineAt } from '../../survey/code/place-at.ts';

/** Classes of Node whose instances are used once, or belong to one caller. */
const ONCE =
  /(^|[ .:])(Readable|Writable|Duplex|Transform|PassThrough|Stream|ReadStream|WriteStream|ReadableStream|WritableStream|TransformStream|Socket|ClientRequest|IncomingMessage|ServerResponse|OutgoingMessage)$|^native node:stream\b/;
const ABORTS = /(^|[ .])(AbortController|AbortSignal)$/;

/** Why no instance of the class can be shared: what its constructor reads, or what it extends. */
export function constructionProblem(migration: Judged): Problem | undefined {
  const effects = agentEffects(migration);
  if (!effects) return undefined;
  const { agentClass } = migration.options;
  const { base = '', constructing } = effects;
  if (ONCE.test(base)) return reason('class-used-once', [], { agentClass, what: 'a stream' });
  if (ABORTS.test(base))
    return reason('class-used-once', [], { agentClass, what: base.replace(/^native /, '') });
  const { ambient } = constructing;
  if (!ambient || isAssumed(CONSTRUCTOR_READS_NOTHING, '', migration)) return undefined;
  const assume = howToAssume(CONSTRUCTOR_READS_NOTHING, '', migration);
  const at = [lineAt(ambient.file, ambient.line, migration)];
  return reason('constructor-reads-request', at, { agentClass, what: ambient.what, assume });
}
