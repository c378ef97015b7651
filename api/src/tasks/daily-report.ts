import type { Dashboard } from '../analytics/performance-analyzer.ts';
import { dailySummary, type ReportedDay } from '../integrations/notion-pages.ts';
import type { TaskDeps, TaskRun } from './task.ts';

/** Sends the summary of one day to Notion and n8n, whichever is configured; what cannot be sent now is sent later. */
export async function sendDailyReport(
  dashboard: Dashboard,
  day: ReportedDay,
  { courier }: TaskDeps,
  { scope }: TaskRun,
): Promise<void> {
  const what = `Daily report of ${day.date}`;
  const event = { event: 'daily-report', ...day, dashboard };
  const letters = await courier.accept([
    { id: `${scope}:notion:daily-report`, channel: 'notion', what, page: dailySummary(dashboard, day) },
    { id: `${scope}:n8n:daily-report`, channel: 'n8n', what, event },
  ]);
  await courier.deliver(letters);
}
