import type { DateRange, Period } from '../../domain/period.ts';
import { mentions } from './fold.ts';
import { NUMBER_PATTERN, numberValue } from './number-words.ts';
import { LAST_DAYS_PRESETS, MONTHS, PRESET_PHRASES, SPANS } from './period-phrases.ts';

const COUNT = `(${NUMBER_PATTERN})`;
const SPAN = `(${SPANS.flatMap(({ words }) => words).join('|')})`;
const LAST_SPANS = new RegExp(
  `\\b(?:(?:ultim[oa]s|passad[oa]s|last|past|previous) ${COUNT}|${COUNT} (?:ultim[oa]s|last|past)) ${SPAN}\\b`,
);
const DATE = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?\b/g;
const OPEN_END = ['desde', 'a partir de', 'since', 'from'];
const MONTH = new RegExp(
  `\\b(?:(?:em|de|no mes de|in|of|during) )(${MONTHS.flat().join('|')})(?: (?:de )?(\\d{4}))?\\b|` +
    `\\b(${MONTHS.flat().join('|')}) (?:de )?(\\d{4})\\b`,
);

/**
 * The period that a folded question names.
 * @param today the account's calendar day, `YYYY-MM-DD`.
 * @returns undefined when it names none.
 */
export function findPeriod(folded: string, today: string): Period | undefined {
  return (
    findDates(folded, today) ??
    findLastSpans(folded, today) ??
    PRESET_PHRASES.find(({ phrases }) => mentions(folded, phrases))?.preset ??
    findDayBeforeYesterday(folded, today) ??
    findMonth(folded, today)
  );
}

function findDates(folded: string, today: string): DateRange | undefined {
  const days = [...folded.matchAll(DATE)].flatMap((match) => toDay(match, today) ?? []).sort();
  const [since, until] = [days[0], days.at(-1)];
  if (since === undefined || until === undefined) return undefined;
  if (days.length === 1 && mentions(folded, OPEN_END) && since <= today) return { since, until: today };
  return { since, until };
}

function toDay(match: RegExpExecArray, today: string): string | undefined {
  const [, isoYear, isoMonth, isoDay, day, month, year] = match;
  const parts = isoYear ? [isoYear, isoMonth, isoDay] : [year ?? today.slice(0, 4), month, day];
  const text = parts.map((part) => String(part).padStart(2, '0')).join('-');
  return addDays(text, 0) === text ? text : undefined;
}

function findLastSpans(folded: string, today: string): Period | undefined {
  const match = LAST_SPANS.exec(folded);
  if (!match) return undefined;
  const count = match[1] ?? match[2] ?? '';
  const span = SPANS.find(({ words }) => words.includes(match[3] ?? ''));
  const days = numberValue(count) * (span?.days ?? 1);
  if (days < 1) return undefined;
  // Like Graph's own "last N days", it ends yesterday.
  return LAST_DAYS_PRESETS.get(days) ?? { since: addDays(today, -days), until: addDays(today, -1) };
}

function findDayBeforeYesterday(folded: string, today: string): DateRange | undefined {
  if (!mentions(folded, ['anteontem', 'antes de ontem', 'day before yesterday'])) return undefined;
  const day = addDays(today, -2);
  return { since: day, until: day };
}

function findMonth(folded: string, today: string): DateRange | undefined {
  const match = MONTH.exec(folded);
  if (!match) return undefined;
  const month = MONTHS.findIndex((names) => names.includes(match[1] ?? match[3] ?? ''));
  const thisYear = Number(today.slice(0, 4));
  // A month without a year is the last one of that name that has begun.
  const latest = month <= Number(today.slice(5, 7)) - 1 ? thisYear : thisYear - 1;
  const year = Number(match[2] ?? match[4] ?? latest);
  return { since: isoDay(Date.UTC(year, month, 1)), until: isoDay(Date.UTC(year, month + 1, 0)) };
}

function addDays(day: string, count: number): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? '' : isoDay(time + count * 86_400_000);
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
