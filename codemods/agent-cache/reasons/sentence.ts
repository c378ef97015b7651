import type { Place, Reason, ReasonId } from './reason.ts';
import { REASONS } from './table.ts';

/** A hole of a template: a name, or a phrase about a place. */
const HOLE = /\{([^{}]+)\}/g;
const PLACE = /\bline (\d)(?: of file \d)?/;

/** How a sentence is printed. */
export interface Printing {
  /** The file of the place that is left, which the sentence does not name: absolute, with forward slashes. */
  file: string;
  /** Where a line of the text that was read stands now; where it stood, by default. */
  lineOf?: (place: Place) => number;
}

/** The sentence that says why a place is left. */
export function textOf(reason: Reason, printing: Printing): string {
  return filled(REASONS[reason.id].text, reason, (phrase, place) => withLine(phrase, place, printing));
}

/** What a person can do about a place that is left. */
export function hintOf(reason: Reason, printing: Printing): string {
  const { getter, atOnce, more = atOnce } = reason.names;
  const { hint: told } = REASONS[reason.id];
  const template = getter === undefined ? told : called(told, getter);
  const hint = filled(named(template, reason), reason, (phrase, place) => withLine(phrase, place, printing));
  return more === undefined ? hint : `${hint.replace(/(?<![.!?])$/, '.')} ${more}`;
}

/** The hint, where the getter gives its agent without a promise. */
function called(hint: string, getter: string): string {
  return hint
    .replace(/\b(a)wait the cached agent\b/gi, (_, a: string) => `${a === 'A' ? 'C' : 'c'}all ${getter}`)
    .replace('its callers await it and never', 'its callers never');
}

/** The hint, in the words of a tree whose class and getter have other names. */
function named(hint: string, { names: { client, shared } }: Reason): string {
  const awaited =
    shared === undefined ? hint : hint.replace(/\b(await) the cached agent\b/gi, `$1 ${shared}`);
  return client === undefined ? awaited : awaited.replaceAll('the cached agent', `the cached ${client}`);
}

/** The sentence without any line, for what outlives the lines of its file and of others: a comment. */
export function textWithoutLines(reason: Reason, { file }: Printing): string {
  return filled(REASONS[reason.id].text, reason, (phrase, place) =>
    isNamed(phrase, place, file) ? phrase.replace(/\b(on )?line \d(?: of file \d)?/, inFile(place)) : '',
  );
}

function inFile({ shown }: Place): (line: string, on?: string) => string {
  return (_, on) => (on === undefined ? shown : `in ${shown}`);
}

function filled(
  template: string,
  { at, names }: Reason,
  phraseAt: (phrase: string, place: Place) => string,
): string {
  return template.replace(HOLE, (_, hole: string) => {
    const number = PLACE.exec(hole)?.[1];
    if (number === undefined) return names[hole] ?? '';
    const place = at[Number(number) - 1];
    return place ? phraseAt(hole, place) : '';
  });
}

function withLine(phrase: string, place: Place, { file, lineOf }: Printing): string {
  const line = `line ${lineOf?.(place) ?? place.line}`;
  const named = isNamed(phrase, place, file) ? `${line} of ${place.shown}` : line;
  return phrase.replace(PLACE, () => named);
}

function isNamed(phrase: string, place: Place, file: string): boolean {
  return place.file !== file || / of file \d/.test(phrase);
}

/** What is said of a place that is left, in the form of the reports. */
export interface Explanation {
  id: ReasonId;
  /** One sentence: why the place is left. */
  reason: string;
  hint: string;
}

/** Says why a place is left, and what a person can do about it. */
export function explain(left: Reason, printing: Printing): Explanation {
  return { id: left.id, reason: textOf(left, printing), hint: hintOf(left, printing) };
}
