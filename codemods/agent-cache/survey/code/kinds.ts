/**
 * What is known of a value, for as far as it says what can be done with it that cannot fail:
 * - `text`, `number`, `flag`: primitives · `pattern`: a regular expression · `time`: a valid date · `date`: any date
 * - `texts`: a list of texts · `pairs`: one of names and values · `list`: any other list · `map`, `set`, `call`: what `new Map()`, `new Set()` and functions give
 * - `bytes`: a buffer · `hash`: a hash of Node's that nothing was taken from yet
 * - `present`: plain data that is neither null nor undefined · `data`: plain data that may be
 * - `record`: an object of the code's own, of whose parts nothing is known
 * - `request`, `response`: those of a handler
 *
 * Undefined stands for everything else: it may be missing, and reading it may run code.
 */
export type Kind =
  | 'text'
  | 'number'
  | 'flag'
  | 'pattern'
  | 'time'
  | 'date'
  | 'texts'
  | 'pairs'
  | 'list'
  | 'map'
  | 'set'
  | 'call'
  | 'bytes'
  | 'hash'
  | 'present'
  | 'data'
  | 'record'
  | 'request'
  | 'response';

/** Parts of a request that Express always gives it. */
const OF_REQUEST = new Map<string, Kind>([
  ['query', 'present'],
  ['params', 'present'],
  ['headers', 'present'],
  ['method', 'text'],
  ['url', 'text'],
  ['path', 'text'],
  ['originalUrl', 'text'],
  ['baseUrl', 'text'],
  ['protocol', 'text'],
]);
/** Parts of a request that are more than data. */
const NO_DATA = /^(app|res|socket|connection|client|agent|log|route|next)$/;
/** Whether a value is neither null nor undefined, and reading what it holds runs no code of the tree. */
export function isPresent(kind: Kind | undefined): boolean {
  return kind !== undefined && kind !== 'data';
}

/** What is known of a property of a value. */
export function kindOfPart(whole: Kind | undefined, name: string | undefined): Kind | undefined {
  switch (whole) {
    case 'request':
      return OF_REQUEST.get(name ?? '') ?? (name === undefined || NO_DATA.test(name) ? undefined : 'data');
    case 'response':
      return name === 'locals' ? 'present' : name === 'headersSent' ? 'flag' : undefined;
    case 'text':
    case 'texts':
      return name === 'length' ? 'number' : 'data';
    case 'pairs':
    case 'list':
      return name === 'length' ? 'number' : undefined;
    case 'bytes':
      return name === 'length' ? 'number' : undefined;
    case 'map':
    case 'set':
      return name === 'size' ? 'number' : undefined;
    case 'present':
    case 'data':
      return 'data';
    default:
      return undefined;
  }
}

/** What two values have in common. */
export function common(one: Kind | undefined, other: Kind | undefined): Kind | undefined {
  if (one === other) return one;
  if (!isData(one) || !isData(other)) return undefined;
  return one === 'data' || other === 'data' ? 'data' : 'present';
}

/** Whether a value is plain data: reading it, or putting it into a text, runs no code of the tree. */
export function isData(kind: Kind | undefined): boolean {
  return /^(text|number|flag|texts|list|present|data)$/.test(kind ?? '');
}
