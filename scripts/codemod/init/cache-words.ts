import { nounOf } from '../../../codemods/agent-cache/source/client-noun.ts';

/** What the cache module is made of: the tree's own names and habits. */
export interface CacheModuleParts {
  agentClass: string;
  /** What the file imports: whole statements, without their end of line. */
  imports: readonly string[];
  /** The expression that builds the shared one; undefined where only those of arguments are kept. */
  built: Built | undefined;
  /** The type of what is built, where that is not the class itself; what it stands for, where the module declares it. */
  type?: { name: string; alias?: string };
  /** Builds one of the arguments `given`; undefined where no entries of arguments are asked for. */
  keyed?: Built & { argumentsType: string };
  factory: string;
  provider: string;
  /** The getter gives its agent at once. */
  sync: boolean;
  typescript: boolean;
  /** JavaScript whose types are checked, so that its comments have to say all of them. */
  checked?: boolean;
  commonJs: boolean;
  /** The tree uses nothing of Node, whose types it may lack. */
  withoutNode?: boolean;
  /** The quote that the tree writes its strings in. */
  quote: string;
}

/** An expression, and whether it gives a promise. */
export interface Built {
  code: string;
  async: boolean;
}

/** A name that the module takes from another one, and from which. */
export interface OwnImport {
  name: string;
  from: string;
}

/** The types that the comment of a function says in JavaScript. */
export interface Documented {
  /** By their names, where types are checked: `[options]` for one that may be missing. */
  params?: Readonly<Record<string, string>>;
  /** What it gives; `result` is said in all JavaScript, `returns` where types are checked. */
  result?: string;
  returns?: string;
}

/** The names and the manners that the pieces of the text have in common. */
export interface Words extends CacheModuleParts {
  noun: string;
  /** What builds one: `createAgent`. */
  create: string;
  /** The type of the shared value, and of what the getter gives. */
  T: string;
  Result: string;
  /** A type, in TypeScript alone. */
  t: (type: string) => string;
  /** The comment above a function: its text, and in JavaScript the types that it says there. */
  doc: (text: string | readonly string[], types?: Documented) => string;
  /** A comment with the type of what is declared below, or in parentheses behind it, in JavaScript that is checked. */
  typed: (type: string) => string;
  exported: string;
}

/** The function of the written module that builds one: `createAgent`, unless that is what it builds with. */
export function creatorOf(agentClass: string): string {
  const noun = nounOf(agentClass);
  const name = `create${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
  return name === agentClass ? name.replace('create', 'build') : name;
}

/** What lets go of an entry. */
export function forgetterOf({ factory }: Pick<Words, 'factory'>): string {
  return `forget${factory.replace(/^get/, '')}For`;
}

/** The names and the manners of a module that is written of these parts. */
export function wordsOf(parts: CacheModuleParts): Words {
  const { agentClass, typescript, checked = false, commonJs, sync, type } = parts;
  // JavaScript declares no types: its comments have the whole.
  const T = (typescript ? type?.name : (type?.alias ?? type?.name)) ?? agentClass;
  return {
    ...parts,
    noun: nounOf(agentClass),
    create: creatorOf(agentClass),
    T,
    Result: sync ? T : `Promise<${T}>`,
    t: (text) => (typescript ? text : ''),
    doc: (text, types) => docText(parts, [text].flat(), types),
    typed: (text) => (checked && !typescript ? `/** @type {${text}} */` : ''),
    exported: commonJs ? '' : 'export ',
  };
}

function docText(
  { typescript, checked = false }: CacheModuleParts,
  text: readonly string[],
  { params = {}, result, returns = result }: Documented = {},
): string {
  const given = checked ? Object.entries(params).map(([name, type]) => `@param {${type}} ${name}`) : [];
  const gives = checked ? returns : result;
  const tags = typescript ? [] : [...given, ...(gives === undefined ? [] : [`@returns {${gives}}`])];
  const lines = [...text, ...(text.length > 0 && tags.length > 0 ? [''] : []), ...tags];
  const [only] = lines;
  if (only === undefined) return '';
  if (lines.length === 1) return `/** ${only} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}
