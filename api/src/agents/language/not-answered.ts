import type { Period } from '../../domain/period.ts';
import { mentions } from './fold.ts';
import { MONTHS, PRESET_PHRASES, SPANS } from './period-phrases.ts';
import { METRICS, STATUSES, TOPICS } from './vocabulary.ts';

/** What a question may ask for that no answer here gives. To answer what is left of such a question would mislead. */
const REASONS = {
  negation: 'Questions with "not", "without" or "except" are not understood: ask for what there is.',
  limit: 'Campaigns are not chosen by a limit on a figure: ask for a ranking by it.',
  comparison: 'Two periods are not compared: ask for one after the other.',
  periods: 'A question is answered for one period: ask for one after the other.',
  date: 'There is no such day.',
} as const;

const NOT =
  '(?:nao|sem|exceto|nunca|nem|not|without|except|never|(?:is|are|was|were|do|does|did|has|have) ?n t)';
const COUNTED = [
  ...STATUSES.flatMap(({ words }) => words),
  ...METRICS.flatMap(({ words }) => words),
  ...TOPICS.budgets,
  ...TOPICS.performance,
].join('|');
/** Words between the two are "estão", "have any"; who does not know how much was spent denies no spending. */
const BETWEEN =
  '(?!sei|entendo|entendi|lembro|know|understand|remember|sure|quanto|quantos|quantas|qual|como|how|what|which)';
const NEGATED = new RegExp(`\\b${NOT}(?: ${BETWEEN}[a-z]+){0,2} (?:${COUNTED})\\b`);

const LIMIT =
  '(?:abaixo de|acima de|(?:maior|maiores|menor|menores|mais|menos) (?:do )?que|(?:mais|menos) de|' +
  '(?:superior|superiores|inferior|inferiores) a|below|above|under|over|' +
  '(?:greater|higher|lower|less|more|fewer) than|at least|at most|pelo menos|no minimo|no maximo)';
const SPAN = `(?:${SPANS.flatMap(({ words }) => words).join('|')})`;
const LIMITED = new RegExp(`\\b${LIMIT} (?:r |us |brl |usd )?\\d[\\d.]*%?(?![\\d./-]| ?${SPAN}\\b)`);
const LIMITED_BY_SIGN = /[<>\u2264\u2265]=? ?\d/u;

const PRESETS = PRESET_PHRASES.flatMap(({ phrases }) => phrases).join('|');
const COMPARING = [
  ...'compare|compara|comparar|comparado|comparada|comparados|comparadas|comparacao|comparando'.split('|'),
  ...'compared|comparing|comparison|versus|vs|em relacao a|em relacao ao'.split('|'),
];
const THAN_PERIOD = new RegExp(`\\b(?:do que|than|que) (?:(?:o|a|no|na|em|the|in) )?(?:${PRESETS})\\b`);
/** They stand beside a period, and end it: "this month until now". */
const UNTIL_NOW = /\b(?:(?:ate|until|up to) (?:hoje|agora|today|now)|right now|agora|now|to date)\b/g;
const MAXIMUM = PRESET_PHRASES.find(({ preset }) => preset === 'maximum')?.phrases ?? [];
const SINCE_PERIOD = new RegExp(`\\b(?:desde|a partir de|since) (?:o |a |the )?(?:${PRESETS})\\b`);
const DATE_LIKE = /(?<![\d/.-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\/\d{1,2}(?:\/\d{4})?)(?![\d/.-])/;
const MONTH_NAMES = new RegExp(
  `\\b(?:${MONTHS.flat()
    .filter((name) => name !== 'may')
    .join('|')})\\b`,
  'g',
);

/**
 * Why a question is not answered although some of its words are known; undefined where nothing is in the way.
 *
 * @param text the question without the names in it, as it was asked
 * @param folded the same, folded
 * @param period what was found of a period in it
 */
export function notAnswered(text: string, folded: string, period: Period | undefined): string | undefined {
  if (NEGATED.test(folded)) return REASONS.negation;
  if (LIMITED.test(folded) || LIMITED_BY_SIGN.test(text)) return REASONS.limit;
  if (mentions(folded, COMPARING) || THAN_PERIOD.test(folded)) return REASONS.comparison;
  if (hasSeveralPeriods(folded)) return REASONS.periods;
  if (period === undefined && DATE_LIKE.test(folded)) return REASONS.date;
  return undefined;
}

function hasSeveralPeriods(folded: string): boolean {
  if (SINCE_PERIOD.test(folded) && !mentions(folded, MAXIMUM)) return true;
  let rest = folded.replace(UNTIL_NOW, ' ');
  const named = new Set<string>();
  for (const { preset, phrases } of PRESET_PHRASES)
    for (const phrase of phrases)
      if (mentions(rest, [phrase])) {
        named.add(preset);
        rest = ` ${rest} `.replaceAll(` ${phrase} `, ' ').trim();
      }
  for (const month of new Set(rest.match(MONTH_NAMES))) named.add(month);
  return named.size > 1;
}
