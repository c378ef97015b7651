/** The calendar day (`YYYY-MM-DD`) of a moment in an IANA time zone; of UTC when the zone is unknown. */
export function calendarDay(moment: Date, timeZone: string): string {
  try {
    const format = new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    return `${parts.year}-${parts.month}-${parts.day}`;
  } catch {
    return moment.toISOString().slice(0, 10);
  }
}
