import { calendarDay } from '../../../api/src/agents/calendar-day.ts';

test.each([
  ['2026-01-01T02:59:59Z', 'America/Sao_Paulo', '2025-12-31'],
  ['2026-01-01T03:00:00Z', 'America/Sao_Paulo', '2026-01-01'],
  ['2026-03-08T09:59:59Z', 'America/Los_Angeles', '2026-03-08'],
  ['2026-11-22T14:00:00Z', 'Pacific/Kiritimati', '2026-11-23'],
  ['2026-11-22T23:30:00Z', 'Not/AZone', '2026-11-22'],
])('%s in %s is %s', (moment, zone, day) => {
  expect(calendarDay(new Date(moment), zone)).toBe(day);
});
