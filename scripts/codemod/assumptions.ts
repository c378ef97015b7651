import { InvalidArgumentError } from 'commander';
import { QUESTIONS } from '../../codemods/agent-cache/flow/effects/assumed.ts';
import type { Assumption, CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Palette } from '../cli/colour.ts';
import type { Occurrence } from '../../codemods/agent-cache/result.ts';

/** A file of a run, with its places. */
interface Places {
  path: string;
  occurrences: readonly Pick<Occurrence, 'line' | 'action' | 'assumptions'>[];
}

/** An assumption of the command line: without `of`, it is about the agent's class as a whole. */
export type AssumeFlag = Omit<Assumption, 'of'> & { of?: string };

/**
 * Reads a value of `--assume`: `ID=WHY`, or `ID:OF=WHY` for one method.
 *
 * @throws InvalidArgumentError where a part is missing, or nothing asks for that
 */
export function assumption(value: string, before: readonly AssumeFlag[] = []): AssumeFlag[] {
  const [, id = '', of, why = ''] = /^([^:=]+)(?::([^=]+))?=(.*)$/s.exec(value) ?? [];
  if (id === '' || why.trim() === '')
    throw new InvalidArgumentError(
      'It has to be ID=WHY, or ID:METHOD=WHY, such as method-keeps-nothing:track="only counts".',
    );
  const problem = unknownId(id);
  if (problem !== undefined) throw new InvalidArgumentError(`${problem}.`);
  return [...before, { id, why, ...(of === undefined ? {} : { of }) }];
}

/** Why an id is none that the codemod asks for. */
export function unknownId(id: string): string | undefined {
  return id in QUESTIONS
    ? undefined
    : `There is no question ${JSON.stringify(id)}; there are ${Object.keys(QUESTIONS).join(', ')}`;
}

/** What is assumed: what the command line says comes in the place of what the configuration says of the same. */
export function allAssumed(
  configured: readonly Assumption[],
  flags: readonly AssumeFlag[],
  agentClass: string,
): Assumption[] {
  const given = flags.map(({ of = agentClass, ...each }): Assumption => ({ id: each.id, of, why: each.why }));
  const isSaid = ({ id, of }: Assumption) => given.some((each) => each.id === id && each.of === of);
  return [...given, ...configured.filter((each) => !isSaid(each))];
}

function isSame(one: Assumption, other: Assumption): boolean {
  return one.id === other.id && one.of === other.of;
}

/** The assumptions that rewritten places rest on, in the order of the places. */
export function assumptionsOf(files: readonly Pick<Places, 'occurrences'>[]): Assumption[] {
  const used = files.flatMap(({ occurrences }) =>
    occurrences.flatMap(({ action, assumptions = [] }) => (action === 'manual' ? [] : assumptions)),
  );
  return used.filter((one, index) => used.findIndex((each) => isSame(each, one)) === index);
}

/** What was rewritten because a person vouches for it. */
export function assumptionsText(files: readonly Places[], palette: Palette): string {
  const lines = assumptionsOf(files).map((one) => {
    const { id, of, why } = one;
    const places = files.flatMap(({ path, occurrences }) =>
      occurrences.flatMap(({ line, action, assumptions = [] }) =>
        action !== 'manual' && assumptions.some((each) => isSame(each, one)) ? [`${path}:${line}`] : [],
      ),
    );
    return `  ${palette.yellow(`${id} of ${of}`)}: ${why}\n    ${palette.dim(`for ${listed(places)}`)}`;
  });
  return lines.length === 0 ? '' : `\n${palette.bold('Rests on what you vouch for')}\n${lines.join('\n')}\n`;
}

const SHOWN = 3;

function listed(places: readonly string[]): string {
  const more = places.length - SHOWN;
  return `${places.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A line for each assumption that nothing rests on: it may be misspelt, or needed no longer. */
export function unusedAssumptions(files: readonly Places[], { assume = [] }: CodemodOptions): string[] {
  const used = assumptionsOf(files);
  return assume
    .filter((each) => !used.some((one) => isSame(one, each)))
    .map(
      ({ id, of }) =>
        `nothing rests on the assumption ${id} of ${of}: take it away, unless other paths need it`,
    );
}
