import { z } from 'zod';
import { datePreset, graphId } from './common.ts';
import { campaignWithInsights, deliveryTotals, groundsFields, insights, spent } from './entities.ts';

export const adPerformanceQuery = z.object({
  ad_id: graphId,
  date_preset: datePreset.default('last_30d'),
});

const calendarDate = z.iso
  .date({ error: 'must be a calendar date, YYYY-MM-DD', abort: true })
  .meta({ description: "Day in the ad account's time zone", examples: ['2026-01-31'] });

export const exportQuery = z
  .object({ date_from: calendarDate, date_until: calendarDate })
  .refine(({ date_from, date_until }) => date_from <= date_until, {
    path: ['date_until'],
    error: 'must not be before date_from',
  });

export const adPerformanceAnswer = z.strictObject({
  ad_id: z.string(),
  date_preset: datePreset,
  insights: insights.nullable().meta({ description: 'Null when nothing was delivered in the period' }),
});

export const exportAnswer = z.strictObject({
  date_from: calendarDate,
  date_until: calendarDate,
  campaigns: z
    .array(campaignWithInsights)
    .meta({ description: 'Archived and deleted ones too, where they delivered' }),
  totals: deliveryTotals,
  spent,
  ...groundsFields,
});
