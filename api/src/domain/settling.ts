import { ATTRIBUTION } from './attribution.ts';
import { dayAfter } from './period.ts';

/**
 * After so many days a day's figures are read once more: by then the conversions of attribution windows of 1, 7 and 28
 * days are in. One day later each, since it is told by UTC when a day of the account was read.
 */
const READ_AGAIN_AFTER_DAYS = [2, 7, ATTRIBUTION.settles_after_days].map((days) => days + 1);

/** The first day (`YYYY-MM-DD`) on which nothing can change any more of what was delivered on a day. */
export function finalFrom(day: string): string {
  return dayAfter(day, ATTRIBUTION.settles_after_days + 1);
}

/** @param at when the day's figures were read, ISO 8601 */
export function isFinal(day: string, at: string): boolean {
  return at.slice(0, 10) >= finalFrom(day);
}

/** Whether more has come in for a day since it was read `at` a moment. @param today `YYYY-MM-DD` */
export function isToReadAgain(day: string, at: string, today: string): boolean {
  return READ_AGAIN_AFTER_DAYS.some((days) => {
    const due = dayAfter(day, days);
    return due <= today && at.slice(0, 10) < due;
  });
}
