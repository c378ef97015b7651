import { DATE_PRESETS, type DatePreset, type DateRange } from '../../../api/src/domain/period.ts';
import { addDays, isDay } from './calendar.ts';
import type { DataSet } from './data-set.ts';
import type { SeededAccount } from './data-types.ts';
import { badParameter, GraphError } from './graph-error.ts';
import { parseJson } from './params.ts';

export type Level = 'account' | 'campaign' | 'ad';
const LEVELS: readonly Level[] = ['account', 'campaign', 'ad'];
const KEPT_MONTHS = 37;
const UNKNOWN_HERE = ['breakdowns', 'action_breakdowns', 'time_ranges'];

/** Real parameters that would change the rows and that only the real Graph knows. @throws code 100 */
export function refuseUnknown(params: URLSearchParams): void {
  for (const name of UNKNOWN_HERE) {
    if (params.has(name)) throw badParameter(`The stand-in does not know ${name}`);
  }
}

/** Which rows to make: `own` is the level of the object asked, below which one cannot rise. */
export function readLevel(params: URLSearchParams, own: Level): Level {
  const text = params.get('level');
  if (text === null || text === '') return own;
  const level = LEVELS.find((name) => name === text);
  if (level === undefined || LEVELS.indexOf(level) < LEVELS.indexOf(own)) {
    throw badParameter(`Param level must be one of {${LEVELS.slice(LEVELS.indexOf(own)).join(', ')}}`);
  }
  return level;
}

/** The days of `time_range`, else of `date_preset`, else the last thirty. */
export function readRange(params: URLSearchParams, data: DataSet, account: SeededAccount): DateRange {
  const explicit = params.get('time_range');
  if (explicit !== null && explicit !== '') {
    const range = explicitRange(parseJson(explicit, 'time_range'));
    refuseForgotten(range, data.today(account.id));
    return range;
  }
  const name = params.get('date_preset') ?? 'last_30d';
  const preset = DATE_PRESETS.find((known): known is DatePreset => known === name);
  if (preset === undefined) {
    throw badParameter(`Param date_preset must be one of {${DATE_PRESETS.join(', ')}}`);
  }
  return data.range({ preset }, account.id);
}

/** Graph keeps 37 months. @throws code 3018 */
function refuseForgotten({ since }: DateRange, today: string): void {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const earliest = new Date(Date.UTC(year, month - 1 - KEPT_MONTHS, day)).toISOString().slice(0, 10);
  if (since >= earliest) return;
  throw new GraphError({
    code: 3018,
    message: '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
  });
}

function explicitRange(value: unknown): DateRange {
  if (typeof value === 'object' && value !== null && 'since' in value && 'until' in value) {
    const { since, until } = value;
    if (typeof since === 'string' && typeof until === 'string' && isDay(since) && isDay(until)) {
      if (since > until) throw badParameter('The start date of the time range is after its end', 1487124);
      return { since, until };
    }
  }
  throw badParameter("Must be a time range in the format {'since':YYYY-MM-DD,'until':YYYY-MM-DD}");
}

/** The ranges that `time_increment` cuts a range into: whole, by days, or by calendar months. */
export function readSteps(params: URLSearchParams, range: DateRange): DateRange[] {
  const text = params.get('time_increment');
  if (text === null || text === '' || text === 'all_days') return [range];
  const days = Number(text);
  if (text !== 'monthly' && !(Number.isInteger(days) && days >= 1 && days <= 90)) {
    throw badParameter('Param time_increment must be all_days, monthly or a number of days from 1 to 90');
  }
  const steps: DateRange[] = [];
  for (let since = range.since; since <= range.until; ) {
    const end = text === 'monthly' ? endOfMonth(since) : addDays(since, days - 1);
    const until = end < range.until ? end : range.until;
    steps.push({ since, until });
    since = addDays(until, 1);
  }
  return steps;
}

function endOfMonth(day: string): string {
  const next = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1));
  return addDays(next.toISOString().slice(0, 10), -1);
}
