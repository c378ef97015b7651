import { finalFrom, isFinal, isToReadAgain } from '../../../api/src/domain/settling.ts';

const DAY = '2026-10-01';

test('a day is final once its last window has ended in every time zone', () => {
  expect(finalFrom(DAY)).toBe('2026-10-30');
  // In UTC it is the 30th, and west of it still the 29th, on which conversions come in.
  expect(isFinal(DAY, '2026-10-30T02:00:00.000Z')).toBe(false);
  expect(isFinal(DAY, '2026-10-30T11:59:59.999Z')).toBe(false);
  expect(isFinal(DAY, '2026-10-30T12:00:00.000Z')).toBe(true);
});

test('what is read when it is due is not due any more, whatever the account’s day is by then', () => {
  const readOnTheNextDay = '2026-10-02T15:00:00.000Z';
  for (let hour = 0; hour < 40 * 24; hour += 1) {
    const now = new Date(Date.parse('2026-10-02T15:00:00.000Z') + hour * 3_600_000).toISOString();
    expect(isToReadAgain(DAY, now, now)).toBe(false);
  }
  expect(isToReadAgain(DAY, readOnTheNextDay, '2026-10-04T11:00:00.000Z')).toBe(false);
  expect(isToReadAgain(DAY, readOnTheNextDay, '2026-10-04T12:00:00.000Z')).toBe(true);
  // A day that was read before its end in the west is read once more when that has come.
  expect(isToReadAgain(DAY, '2026-10-30T02:00:00.000Z', '2026-10-30T12:00:00.000Z')).toBe(true);
  expect(isToReadAgain(DAY, '2026-10-30T12:00:00.000Z', '2026-12-30T12:00:00.000Z')).toBe(false);
});
