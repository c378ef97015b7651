/** Objects of the language and of Node whose methods are known by what they change of them, given nothing or not. */
const CHANGES_OWN: readonly (readonly [RegExp, RegExp])[] = [
  [/^AbortController$/, /^abort$/],
  [/^(Headers|FormData|URLSearchParams)$/, /^(append|delete|sort)$/],
  [/^(\w+Array|Buffer)\b/, /^(fill|set|copyWithin|reverse|sort|swap\d+)$/],
  [/^node:(stream|fs|zlib|string_decoder)\b/, /^(write|end|destroy|push|unshift|pause|resume)$/],
  [/^node:https?\.Agent$/, /^destroy$/],
  // What it gives to one, it gives to nobody else.
  [/\b(ReadableStream|getReader|FileHandle)\b/, /^(read|readLines|cancel|tee|pipeTo|pipeThrough)$/],
];

/** What ends, rewinds or moves on any object, so that whoever uses it next meets another one. */
const ENDS = /^(abort|end|close|destroy|disconnect|quit|logout|signOut|reset|rewind|terminate|dispose|next)$/;

/** What keeps the rest of a text for the next call, where it is told that more comes: `decode(part, { stream: true })`. */
const TAKES_PARTS = /\bTextDecoder$/;

/**
 * Whether a method changes the object that it is called on, whatever it is given: an inner client that one call closes
 * is closed for all.
 * @param label the module, and how the object was got of it
 * @param given how many values the method is given
 */
export function changesItself(label: string, method: string, given: number): boolean {
  return (
    (TAKES_PARTS.test(label) && method === 'decode' && given > 1) ||
    ENDS.test(method) ||
    CHANGES_OWN.some(([objects, methods]) => objects.test(label) && methods.test(method))
  );
}
