/** How `error.code` (and where it matters `error_subcode`) is read; HTTP status never decides. */
export type GraphErrorClass =
  | 'throttle'
  | 'transient'
  | 'too-much-data'
  | 'bad-query'
  | 'period'
  | 'token'
  | 'permission'
  | 'policy'
  | 'version';

/** Code and subcode together, before the code alone. */
export const CLASS_BY_SUBCODE: ReadonlyMap<string, GraphErrorClass> = new Map([
  ['100/1487534', 'too-much-data'],
  ['100/1504018', 'too-much-data'],
  ['2/1504038', 'too-much-data'],
  // "Query too heavy": of the same family, whatever code Graph puts before it.
  ['2/1504044', 'too-much-data'],
  ['1/1504044', 'too-much-data'],
  ['100/1504044', 'too-much-data'],
  ['2/1504018', 'too-much-data'],
  ['100/1504038', 'too-much-data'],
  ['2/1504041', 'bad-query'],
  ['2/1504042', 'bad-query'],
  ['100/33', 'permission'],
]);

const CODES: Readonly<Record<GraphErrorClass, readonly number[]>> = {
  throttle: [4, 17, 32, 613, 341, 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014],
  transient: [1, 2],
  'too-much-data': [],
  'bad-query': [100, 2642],
  period: [3018],
  token: [190, 102],
  permission: [3, 10, ...Array.from({ length: 100 }, (_, index) => 200 + index)],
  policy: [368],
  version: [2635],
};

export const CLASS_BY_CODE: ReadonlyMap<number, GraphErrorClass> = new Map(
  (Object.keys(CODES) as GraphErrorClass[]).flatMap((name) =>
    CODES[name].map((code) => [code, name] as const),
  ),
);

/** Code 1 is transient unless its message asks for less data; no other message is ever read. */
export const TOO_MUCH_DATA_MESSAGE = /reduce the amount of data/i;

/** Subcodes of queries whose computing is too much: smaller pages do not make it less. */
export const TOO_HEAVY_SUBCODES: ReadonlySet<number> = new Set([1504018, 1504038, 1504044]);

/** A cursor that Graph does not know any more. */
export const LOST_CURSOR_CODE = 2642;
