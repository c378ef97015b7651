import * as z from 'zod';
import { QUESTIONS } from '../../codemods/agent-cache/flow/effects/assumed.ts';
import { unknownId } from './assumptions.ts';
import { isJavaScriptName } from '../cli/javascript-name.ts';

const NAME = 'has to be a JavaScript name';
const TEXT = 'has to be text, and not empty';
const SECONDS = 'has to be a whole number of seconds, from 1 to 999999999';
const GLOBS = 'has to be a list of globs';

const name = (what: string) =>
  z
    .string(NAME)
    .regex(/^[A-Za-z_$][\w$]*$/, NAME)
    .refine(isJavaScriptName, NAME)
    .describe(what)
    .optional();
const text = (what: string) => z.string(TEXT).min(1, TEXT).describe(what).optional();

/** What `agent-cache.config.json` may hold: the codemod's options under their camel-case names. */
export const configSchema = z
  .strictObject({
    $schema: text('Where this schema lies, for editors.'),
    agentClass: name('The class whose instances are to be shared.'),
    agentModule: text('The end of the module path that the class is imported from.'),
    cacheModule: text(
      'The module to import the shared agent from; by default the nearest utils/agent-cache.',
    ),
    factory: name('The function of the cache module that resolves to the shared agent.'),
    provider: name('The function of the cache module that returns a provider with a lifetime of its own.'),
    tasks: text('A glob: the files whose code runs as tasks and takes the provider.'),
    taskTtl: z
      .int(SECONDS)
      .min(1, SECONDS)
      .max(999_999_999, SECONDS)
      .describe('How old an agent a task accepts, in seconds.')
      .optional(),
    exclude: z
      .array(z.string(TEXT).min(1, TEXT), GLOBS)
      .describe(
        'Globs of files to leave alone, which may build agents of their own; from the folder of this file on.',
      )
      .optional(),
    assume: z
      .array(
        z.strictObject({
          id: z
            .enum(Object.keys(QUESTIONS), { error: ({ input }) => `: ${unknownId(String(input)) ?? ''}` })
            .describe('The question, as the hint of a place names it.'),
          of: z
            .string(TEXT)
            .min(1, TEXT)
            .describe('What it is about: a method (Client.track), or the class for all of them.'),
          why: z.string(TEXT).min(1, TEXT).describe('How you know.'),
        }),
        'has to be a list of { id, of, why }',
      )
      .describe('What no code tells and you vouch for; the report names every one that a rewrite rests on.')
      .optional(),
    sync: z
      .boolean('has to be true or false')
      .describe('Whether the cache module has to give its agent at once, and not as a promise.')
      .optional(),
    keyed: z
      .boolean('has to be true or false')
      .describe('Whether an agent that is built with arguments of its own takes the entry of those.')
      .optional(),
    builtBy: z
      .string(NAME)
      .regex(/^[A-Za-z_$][\w$]*$/, NAME)
      .describe('What builds the agent: "new", a static method of the class by its name, or "function".')
      .optional(),
    baseline: text(
      'The file of the places that the checklist accepts for now, from the root of the tree on; --baseline wins over it.',
    ),
    mark: z
      .boolean('has to be true or false')
      .describe('Whether to write a comment at each place that is left for a person.')
      .optional(),
  })
  .meta({
    title: 'agent-cache.config.json',
    description: 'Options of the agent-cache codemod; flags of the command line win over them.',
  });

/** The JSON Schema of the configuration file, as committed in `docs/agent-cache.config.schema.json`. */
export function configJsonSchema(): string {
  const text = JSON.stringify(z.toJSONSchema(configSchema), null, 2);
  // Short lists stand on one line, as the formatter has them.
  const folded = text.replace(
    /\[\s+("[^"\n]*"(?:,\s+"[^"\n]*")*)\s+\]/g,
    (_, items: string) => `[${items.replace(/,\s+/g, ', ')}]`,
  );
  return `${folded}\n`;
}
