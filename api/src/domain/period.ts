/** Graph's relative date ranges (Marketing API, Insights `date_preset`). */
export const DATE_PRESETS = [
  'today',
  'yesterday',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'last_3d',
  'last_7d',
  'last_14d',
  'last_28d',
  'last_30d',
  'last_90d',
  'last_week_mon_sun',
  'last_week_sun_sat',
  'this_week_mon_today',
  'this_week_sun_today',
  'maximum',
  'data_maximum',
] as const;

export type DatePreset = (typeof DATE_PRESETS)[number];

/** Calendar days (`YYYY-MM-DD`) of the ad account's time zone, both ends included. */
export interface DateRange {
  since: string;
  until: string;
}

export type Period = DatePreset | DateRange;

const DAY_MS = 86_400_000;

/** Days of a range, both ends included. */
export function daysBetween({ since, until }: DateRange): number {
  return Math.round((Date.parse(until) - Date.parse(since)) / DAY_MS) + 1;
}

/** A calendar day some days before or after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The two halves of a range of at least two days. */
export function splitRange(range: DateRange): [DateRange, DateRange] {
  const middle = dayAfter(range.since, Math.floor(daysBetween(range) / 2) - 1);
  return [
    { since: range.since, until: middle },
    { since: dayAfter(middle, 1), until: range.until },
  ];
}
