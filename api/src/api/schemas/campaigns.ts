import { z } from 'zod';
import { LISTED_STATUSES } from '../../domain/campaign.ts';
import { datePreset, graphId, queryInteger } from './common.ts';
import type { CampaignsPage } from '../../domain/campaigns-page.ts';
import { campaignCursor } from './cursor.ts';
import { campaign, insights } from './entities.ts';

const status = z
  .string()
  .toUpperCase()
  .pipe(z.enum(LISTED_STATUSES, { error: `must be one of ${LISTED_STATUSES.join(', ')}` }))
  .meta({
    description:
      'The status as Facebook has it, in any case: a campaign that has ended keeps ACTIVE. Deleted ones are not listed',
    wire: { enum: LISTED_STATUSES },
  });

export const campaignsInput = z.object({
  status: status.optional(),
  limit: queryInteger({ min: 1, max: 100, fallback: 100 }),
  cursor: campaignCursor.optional(),
});

export const campaignInput = z.object({ id: graphId });

export const campaignInsightsInput = z.object({
  id: graphId,
  date_preset: datePreset.default('last_30d'),
});

export const campaignsAnswer = z.strictObject({
  campaigns: z.array(campaign),
  next_cursor: z
    .string()
    .optional()
    .meta({ description: 'Send it as `cursor` for the next page; absent on the last one' }),
}) satisfies z.ZodType<CampaignsPage>;

export const campaignInsightsAnswer = z.strictObject({
  campaign_id: z.string(),
  date_preset: datePreset,
  insights: insights.nullable().meta({ description: 'Null when nothing was delivered in the period' }),
});
