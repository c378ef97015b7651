import type { Run } from './run.ts';
import { RUN_TOGETHER, runIntoEachOther } from './joined-texts.ts';
import { commonText, differs, otherText } from './tellings.ts';
import { isPlainObject, OTHER, SAMPLE, textOf, type Thing, type Value } from './values.ts';

/** How well what is made of a value tells it from others: from all, not from all, or nobody knows. */
export type Telling = 'all' | 'few' | 'untold';

const EACH_SAMPLE = new RegExp(`${SAMPLE}(${OTHER}?)`, 'g');

/**
 * What is made of samples. What does not tell them apart is the same for both callers, unless it is asked for two who
 * differ in just that.
 *
 * @param how what makes it, in words
 */
export function derived(
  run: Run,
  text: string,
  [telling, how]: readonly [Telling, string],
  is: Thing['is'] = 'object',
): Thing {
  const { tellings } = run;
  if (telling === 'untold') tellings.untold.add(how);
  if (telling === 'all' || (telling === 'untold' && !tellings.isDoubted)) return run.sample(text, is);
  const own = text.replaceAll(EACH_SAMPLE, `${SAMPLE}$1~`);
  const common = commonText(own);
  tellings.made.add(common);
  if (tellings.differing !== common) return run.sample(common, is);
  return run.sample(tellings.isOfOther ? otherText(own) : own, is);
}

/** One part of a sample: it tells not from all, but several of them may. */
function partOf(run: Run, whole: string, name: string, is: Thing['is']): Thing {
  const base = commonText(whole);
  const { parts, isCollecting, differing } = run.tellings;
  parts.set(base, (parts.get(base) ?? new Set()).add(name));
  const isAlone = (parts.get(base)?.size ?? 0) < 2;
  // A property of what a function gives may be all that the function was given.
  const mayBeAll = whole.endsWith(')') && /^[A-Za-z_$][\w$]*$/.test(name);
  // One property may be another one where all else is the same.
  const isFew = (isAlone && !mayBeAll) || isCollecting || (differing !== undefined && !name.endsWith(')'));
  const telling = isFew ? 'few' : 'untold';
  return derived(run, `${whole}.${name}`, [telling, `.${name}`], is);
}

const ALL =
  /^(?:to(?:String|ISOString|JSON|Sorted|Reversed)|valueOf|getTime|concat|join|flat|sort|reverse|pad(?:Start|End)|entries|values|split|update|digest)$/;
const FEW =
  /^(?:at|char(?:At|CodeAt)|codePointAt|slice|substr|substring|indexOf|lastIndexOf|search|includes|startsWith|endsWith|localeCompare|to(?:Locale)?(?:Lower|Upper)Case|toFixed|toPrecision|get(?:UTC)?(?:Day|Date|Month|FullYear|Hours|Minutes|Seconds|Milliseconds)|read\w+)$/;
const UNTOLD =
  /^(?:trim\w*|normalize|replace|replaceAll|match|matchAll|map|flatMap|filter|reduce|find|some|every)$/;
const COUNTS = /^(?:length|size|byteLength)$/;
/** What takes one part of a text. */
const PARTS = /^(?:at|char(?:At|CodeAt)|codePointAt|slice|substr|substring)$/;
/** What makes a text, which is true unless it is empty. */
const TEXTS = /^(?:slice|substr|substring|trim\w*|normalize|replace|replaceAll|to\w+)$/;

/** Whether a name is that of a method of texts, numbers, lists and dates, or of how many they have. */
export function isOfText(name: string): boolean {
  return name === 'href' || [ALL, FEW, UNTOLD, COUNTS].some((each) => each.test(name));
}

/** A member of a sample: what a method makes of it, or a part of it. */
export function memberOfSample(value: Thing, name: string, run: Run): Thing {
  const text = textOf(value);
  if (COUNTS.test(name)) return derived(run, `${text}.${name}`, ['few', `.${name}`], 'unknown');
  if (name === 'href') return run.sample(`${text}.${name}`);
  if (!isOfText(name)) return partOf(run, text, name, value.is);
  const method = (args: readonly Value[]) => {
    const made = `${text}.${name}(${args.map(stableText).join()})`;
    if (isJoining(value, name, args, run)) return derived(run, made, RUN_TOGETHER);
    const telling = tellingOf(text, name, args);
    const is = ALL.test(name) || TEXTS.test(name) ? 'object' : 'unknown';
    if (telling === 'few' && PARTS.test(name)) return partOf(run, text, made.slice(text.length + 1), is);
    return derived(run, made, [telling, `.${name}()`], is);
  };
  // It may be no method, but a property of that name.
  const { sample } = derived(run, `${text}[${name}]`, ['few', `.${name}`]);
  return run.function(method, { fromCaller: true, ...(sample !== undefined && { sample }) });
}

/** Whether a method joins texts with nothing between them; `concat` of a list joins none. */
function isJoining(value: Thing, name: string, args: readonly Value[], run: Run): boolean {
  const isOfList = textOf(value).startsWith('{');
  if (name === 'update' || (name === 'concat' && !isOfList)) return runIntoEachOther([value, ...args], run);
  const [between] = args;
  return name === 'join' && between?.is === 'primitive' && between.value === '';
}

function tellingOf(text: string, name: string, args: readonly Value[]): Telling {
  if (ALL.test(name)) return 'all';
  if (/^(?:slice|substr|substring)$/.test(name)) return tellingOfSlice(text, name, args);
  return FEW.test(name) ? 'few' : 'untold';
}

/** How many of the characters of a digest nobody finds twice, and how many nobody comes upon by chance. */
const SURE_BITS = 64;
const RARE_BITS = 32;

/** So many bits of a digest tell one from another as the whole does; of any other text it matters which are left out. */
function tellingOfSlice(text: string, name: string, args: readonly Value[]): Telling {
  const numbers = args.map((each) => (each.is === 'primitive' ? each.value : Number.NaN));
  if (!numbers.every((each) => each === undefined || Number.isInteger(each))) return 'few';
  const [from = 0, to = Number.POSITIVE_INFINITY] = numbers as number[];
  if (from === 0 && to === Number.POSITIVE_INFINITY) return 'all';
  const [, coding] = /\.digest\((?:\)\.toString\()?"(hex|base64|base64url)"\)$/.exec(text) ?? [];
  if (coding === undefined) return 'few';
  const end = name === 'substr' ? from + to : to;
  const length = '-'.repeat(coding === 'hex' ? 40 : 27).slice(from, end).length;
  const bits = length * (coding === 'hex' ? 4 : 6);
  return bits >= SURE_BITS ? 'all' : bits >= RARE_BITS ? 'untold' : 'few';
}

/** Something as a text that is the same at each call: a function is written once. */
export function stableText(value: Value): string {
  if (value.is !== 'primitive' && value.label !== undefined) return value.label;
  if (value.is === 'function' && value.code !== undefined) return `ƒ${value.code.start}`;
  return textOf(value);
}

/** `typeof` and the like: what so few results have that different callers come to the same. */
export function oneOfFew(operator: string, of: readonly Value[], run: Run): Thing | undefined {
  if (!of.some((each) => run.holdsSample(each))) return undefined;
  return derived(run, `(${operator})(${of.map(stableText).join()})`, ['few', operator], 'unknown');
}

/** Whether a caller gives nothing, or an empty text: both do, or none. */
export function isMissing({ sample, part }: Thing, run: Run): boolean {
  return sample !== undefined && part !== undefined && !differs(sample) && !run.ask(`true ${sample}`);
}

/** What an object of constants, or of what callers give, has under a name that they give; undefined for others. */
export function lookedUp({ properties }: Thing, name: string, run: Run): Thing | undefined {
  if (!name.includes(SAMPLE) || properties.size === 0) return undefined;
  const isTold = (value: Value): boolean =>
    value.is === 'primitive' ||
    value.sample !== undefined ||
    (isPlainObject(value) && [...value.properties.values()].every(isTold));
  const entries = [...properties];
  if (!entries.every(([of, value]) => !of.startsWith('#') && isTold(value))) return undefined;
  const table = entries.map(([of, value]) => `${of}:${textOf(value)}`).join();
  return derived(run, `{${table}}(${name})`, ['untold', 'a look into an object']);
}

/** Whether something that callers give is one constant: two who differ are not both. */
export function isConstant(sample: string, constant: Value, run: Run): boolean {
  const of = constant.is === 'primitive' ? `${typeof constant.value} ${constant.value}` : `#${constant.id}`;
  const asked = (text: string) => `${text} is ${of}`;
  const isOther = differs(sample) && run.answerTo(asked(commonText(sample))) === true;
  return isOther ? run.answer(asked(sample), false) : run.ask(asked(sample));
}

/** Whether something that was made of samples was true for one of two callers alone. */
export function areApart({ answers }: Run, made: string): boolean {
  const others = [...answers].filter(
    ([question]) => differs(question) && commonText(question) === `true ${made}!`,
  );
  return others.some(([, answer]) => answer !== answers.get(`true ${made}!`));
}

/** Whether the answer to some question about a sample may be another one for the other caller. */
export function mayAnswerApart({ answers }: Run, sample: string, other: string): boolean {
  return [...answers].some(
    ([question, answer]) =>
      question.includes(sample) && answers.get(question.replaceAll(sample, other)) !== answer,
  );
}
