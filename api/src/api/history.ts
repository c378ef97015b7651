import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { sumDelivery } from '../analytics/totals.ts';
import { finalFrom, isFinal } from '../domain/settling.ts';
import type { SnapshotDay, SnapshotHistory } from '../stores/snapshot-history.ts';
import { historyQuery } from './schemas/history.ts';
import { parseInput } from './validation.ts';

/** What each campaign delivered on each day, from the snapshots: Facebook is not asked. */
export function historyRouter({ snapshots }: { snapshots: SnapshotHistory }): Router {
  const router = Router();

  router.get('/history', async (req, res) => {
    const { date_from, date_until, campaign_id } = parseInput(historyQuery, req.query);
    const days = snapshots.between(date_from, date_until);
    // Before the answer begins: a store that cannot be read has a status of its own.
    const first = await days.next();
    const head = JSON.stringify({ date_from, date_until, campaign_id });
    res.type('json');
    await pipeline(
      textOf(head, first, days, (day) => rowsOf(day, campaign_id)),
      res,
    );
  });

  return router;
}

/** Day by day: months of thousands of campaigns are more than should be in memory at once. */
async function* textOf(
  head: string,
  first: IteratorResult<SnapshotDay>,
  days: AsyncGenerator<SnapshotDay>,
  rowsOfDay: (day: SnapshotDay) => object[],
): AsyncGenerator<string> {
  yield `${head.slice(0, -1)},"history":[`;
  let separator = '';
  for (let next = first; !next.done; next = await days.next()) {
    const rows = rowsOfDay(next.value).map((row) => JSON.stringify(row));
    if (rows.length === 0) continue;
    yield separator + rows.join(',');
    separator = ',';
  }
  yield ']}';
}

function rowsOf({ day, at, complete, campaigns }: SnapshotDay, campaignId: string | undefined) {
  return campaigns
    .filter(({ id }) => campaignId === undefined || id === campaignId)
    .map(({ id, name, effective_status, objective, insights }) => ({
      date: day,
      campaign_id: id,
      name,
      status: effective_status,
      objective,
      complete,
      final: isFinal(day, at),
      final_from: finalFrom(day),
      at,
      ...sumDelivery([insights]),
    }));
}
