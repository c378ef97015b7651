import { mentions } from './fold.ts';
import { isNumberWord } from './number-words.ts';
import { MONTHS, PRESET_PHRASES, SPANS } from './period-phrases.ts';
import { STOP_WORDS } from './stop-words.ts';
import { METRICS, ORDERS, STATUSES, TOPICS } from './vocabulary.ts';

const PHRASES = [
  ...METRICS.flatMap(({ words }) => words),
  ...STATUSES.flatMap(({ words }) => words),
  ...ORDERS.flatMap(({ words, besideMetric = [] }) => [...words, ...besideMetric]),
  ...Object.values(TOPICS).flat(),
  ...PRESET_PHRASES.flatMap(({ phrases }) => phrases),
  ...SPANS.flatMap(({ words }) => words),
  ...MONTHS.flat(),
];

const KNOWN = new Set([
  ...PHRASES.flatMap((phrase) => phrase.split(' ')),
  ...STOP_WORDS,
  ...'ultimo ultima ultimos ultimas passado passada passados passadas last past previous since desde'.split(
    ' ',
  ),
]);

/** The words of a folded question that this folder's tables do not know: they may name a campaign. */
export function unknownWords(folded: string): string[] {
  return folded
    .split(' ')
    .filter((word) => /\p{L}{2}/u.test(word) && !KNOWN.has(word) && !isNumberWord(word));
}

const LINKS = ['', ' da', ' de', ' do', ' chamada', ' named', ' called'];
const NAME_COMES_NEXT = TOPICS.oneCampaign.flatMap((noun) => LINKS.map((link) => noun + link));
/** "Which campaign …" is followed by what it did, not by its name. */
const NAME_IS_ASKED_FOR = [
  'qual',
  'que',
  'cada',
  'alguma',
  'nenhuma',
  'which',
  'what',
  'each',
  'any',
  'every',
].flatMap((word) => TOPICS.oneCampaign.map((noun) => `${word} ${noun}`));

/** Whether an unknown word stands right behind "campaign", where only a name can stand. */
export function namesCampaign(folded: string, words: readonly string[]): boolean {
  if (mentions(folded, NAME_IS_ASKED_FOR)) return false;
  return NAME_COMES_NEXT.some((noun) =>
    mentions(
      folded,
      words.map((word) => `${noun} ${word}`),
    ),
  );
}
