import type { DatePreset } from '../../domain/period.ts';

const either = (phrases: string): readonly string[] => phrases.split('|');

/** Folded phrases for Graph's own ranges; the first that is found wins, so longer ones come first. */
export const PRESET_PHRASES: readonly { preset: DatePreset; phrases: readonly string[] }[] = [
  {
    preset: 'last_month',
    phrases: either('mes passado|ultimo mes|mes anterior|last month|previous month'),
  },
  {
    preset: 'this_month',
    phrases: either('este mes|neste mes|deste mes|esse mes|nesse mes|mes atual|this month|month to date'),
  },
  {
    preset: 'last_week_mon_sun',
    phrases: either('semana passada|ultima semana|semana anterior|last week|previous week'),
  },
  {
    preset: 'this_week_mon_today',
    phrases: either('esta semana|nesta semana|desta semana|essa semana|nessa semana|semana atual|this week'),
  },
  {
    preset: 'last_quarter',
    phrases: either('trimestre passado|ultimo trimestre|trimestre anterior|last quarter|previous quarter'),
  },
  {
    preset: 'this_quarter',
    phrases: either('este trimestre|neste trimestre|trimestre atual|this quarter'),
  },
  {
    preset: 'last_year',
    phrases: either('ano passado|ultimo ano|ano anterior|last year|previous year'),
  },
  {
    preset: 'this_year',
    phrases: either('este ano|neste ano|deste ano|ano atual|this year|year to date'),
  },
  { preset: 'yesterday', phrases: either('ontem|yesterday') },
  { preset: 'today', phrases: either('hoje|agora|today|now|right now') },
  {
    preset: 'maximum',
    phrases: either(
      'todo o periodo|todo periodo|desde o inicio|desde sempre|de sempre|ate hoje|' +
        'all time|of all time|lifetime|ever|since the beginning',
    ),
  },
];

/** Days of "the last N days" that Graph has a preset for. */
export const LAST_DAYS_PRESETS: ReadonlyMap<number, DatePreset> = new Map([
  [3, 'last_3d'],
  [7, 'last_7d'],
  [14, 'last_14d'],
  [28, 'last_28d'],
  [30, 'last_30d'],
  [90, 'last_90d'],
]);

/** Folded names of a span, by its length in days. */
export const SPANS: readonly { days: number; words: readonly string[] }[] = [
  { days: 1, words: ['dia', 'dias', 'day', 'days'] },
  { days: 7, words: ['semana', 'semanas', 'week', 'weeks'] },
  { days: 30, words: ['mes', 'meses', 'month', 'months'] },
];

/** Folded month names, January first. */
export const MONTHS: readonly (readonly string[])[] = [
  ['janeiro', 'january'],
  ['fevereiro', 'february'],
  ['marco', 'march'],
  ['abril', 'april'],
  ['maio', 'may'],
  ['junho', 'june'],
  ['julho', 'july'],
  ['agosto', 'august'],
  ['setembro', 'september'],
  ['outubro', 'october'],
  ['novembro', 'november'],
  ['dezembro', 'december'],
];
