/** What texts, numbers, lists, promises and functions can do. */
const OF_PLAIN_VALUES = new Set(
  [String, Number, Boolean, BigInt, Array, Object, Promise, Function].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype),
  ),
);

/** Whether a plain value may have a method of a name: calling it tells nothing of what it is called on. */
export function isOfPlainValues(name: string): boolean {
  return OF_PLAIN_VALUES.has(name);
}
