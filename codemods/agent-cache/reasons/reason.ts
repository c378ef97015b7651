import type { REASONS } from './table.ts';

/** One place in the text of a file. */
export interface Place {
  /** Absolute, with forward slashes. */
  file: string;
  /** The file as messages name it: from its package's root on. */
  shown: string;
  /** 1-based, in the text that was read. */
  line: number;
  /** 1-based, in UTF-16 units. */
  column: number;
}

/** The stable name of a rule that leaves places for a person. */
export type ReasonId = keyof typeof REASONS;

/** Why a place is left. What a person reads is made of it when it is printed: see `sentence.ts`. */
export interface Reason {
  id: ReasonId;
  /** The places that the sentence speaks of, in the order in which it numbers them. */
  at: readonly Place[];
  /** What the sentence calls by name. */
  names: Readonly<Record<string, string>>;
}

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;
type Entry<Id extends ReasonId> = (typeof REASONS)[Id];
type NamesOf<Id extends ReasonId> = Exclude<
  Holes<Entry<Id>['text'] | Entry<Id>['hint']>,
  `${string}line ${string}`
>;

/** What the sentence and the hint of a reason call by name; nothing for most. */
export type NamesGiven<Id extends ReasonId> = [NamesOf<Id>] extends [never]
  ? []
  : [names: Readonly<Record<NamesOf<Id>, string>>];

/** A reason with what its sentence and its hint speak of; what the table asks for is checked by the compiler. */
export function reason<Id extends ReasonId>(
  id: Id,
  at: readonly Place[] = [],
  ...[names]: NamesGiven<Id>
): Reason {
  return { id, at, names: names ?? {} };
}
