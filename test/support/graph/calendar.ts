import type { DatePreset, DateRange } from '../../../api/src/domain/period.ts';

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (`YYYY-MM-DD`) that it is at `now` in a time zone. */
export function dayIn(timeZone: string, now: Date): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(now);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** True for a day that exists: `2026-02-30` does not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** Days since 1970, to count with. */
export function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS;
}

const firstOfMonth = (year: number, month: number) =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

type DayRule = (today: string) => DateRange;

const lastDays =
  (count: number): DayRule =>
  (today) => ({ since: addDays(today, -count), until: addDays(today, -1) });

/** `shift` 0 is the running month, -1 the one before; whole months span `length` of them. */
const months =
  (shift: number, length: number): DayRule =>
  (today) => {
    const year = Number(today.slice(0, 4));
    const month = Number(today.slice(5, 7)) - 1;
    const start = Math.floor(month / length) * length + shift * length;
    const until = shift === 0 ? today : addDays(firstOfMonth(year, start + length), -1);
    return { since: firstOfMonth(year, start), until };
  };

/** `firstWeekday` 0 is Sunday; `back` counts whole weeks. */
const week =
  (firstWeekday: number, back: number): DayRule =>
  (today) => {
    const elapsed = (new Date(today).getUTCDay() - firstWeekday + 7) % 7;
    const since = addDays(today, -elapsed - 7 * back);
    return { since, until: back === 0 ? today : addDays(since, 6) };
  };

const RULES: Record<Exclude<DatePreset, 'maximum' | 'data_maximum'>, DayRule> = {
  today: (today) => ({ since: today, until: today }),
  yesterday: lastDays(1),
  this_month: months(0, 1),
  last_month: months(-1, 1),
  this_quarter: months(0, 3),
  last_quarter: months(-1, 3),
  this_year: months(0, 12),
  last_year: months(-1, 12),
  last_3d: lastDays(3),
  last_7d: lastDays(7),
  last_14d: lastDays(14),
  last_28d: lastDays(28),
  last_30d: lastDays(30),
  last_90d: lastDays(90),
  last_week_mon_sun: week(1, 1),
  last_week_sun_sat: week(0, 1),
  this_week_mon_today: week(1, 0),
  this_week_sun_today: week(0, 0),
};

/**
 * The days that a preset means. `last_Nd` ends yesterday, as Graph's does.
 * @param today the account's calendar day
 * @param earliest where `maximum` starts
 */
export function presetRange(preset: DatePreset, today: string, earliest: string): DateRange {
  if (preset === 'maximum' || preset === 'data_maximum') return { since: earliest, until: today };
  return RULES[preset](today);
}
