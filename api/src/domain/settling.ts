import { ATTRIBUTION } from './attribution.ts';
import { dayAfter } from './period.ts';

/** UTC-12: nowhere does a day begin later. */
const LATEST_ZONE_MS = 12 * 3_600_000;

/**
 * After so many days a day's figures are read once more: by then the conversions of attribution windows of 1, 7 and 28
 * days are in. One day later each, since the last of them come in until the window's last day ends.
 */
const READ_AGAIN_AFTER_DAYS = [2, 7, ATTRIBUTION.settles_after_days].map((days) => days + 1);

/** The first day (`YYYY-MM-DD`) on which nothing can change any more of what was delivered on a day. */
export function finalFrom(day: string): string {
  return dayAfter(day, ATTRIBUTION.settles_after_days + 1);
}

/** @param at when the day's figures were read, ISO 8601 */
export function isFinal(day: string, at: string): boolean {
  return dayEverywhere(at) >= finalFrom(day);
}

/** Whether more has come in for a day until `now` since it was read `at` a moment, both ISO 8601. */
export function isToReadAgain(day: string, at: string, now: string): boolean {
  return READ_AGAIN_AFTER_DAYS.some((days) => {
    const due = dayAfter(day, days);
    return due <= dayEverywhere(now) && dayEverywhere(at) < due;
  });
}

/**
 * The day that has begun in every time zone: whatever the account's is, the days before this one are over there. Both
 * when a day is due and when it was read are told by it, so what is read when due is not due any more.
 */
function dayEverywhere(moment: string): string {
  return new Date(Date.parse(moment) - LATEST_ZONE_MS).toISOString().slice(0, 10);
}
