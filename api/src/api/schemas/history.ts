import { z } from 'zod';
import { graphId } from './common.ts';
import { deliveryTotalsFields } from './entities.ts';
import { exportQuery } from './metrics.ts';

export const historyQuery = exportQuery.safeExtend({
  campaign_id: graphId.optional().meta({ description: 'Of one campaign alone' }),
});

const campaignDay = z.strictObject({
  date: z.iso.date().meta({ description: "Day in the ad account's time zone" }),
  campaign_id: z.string(),
  name: z.string(),
  status: z.string(),
  objective: z.string().nullable(),
  complete: z.boolean().meta({ description: 'Whether the day was over when its figures were read' }),
  at: z.iso.datetime().meta({ description: 'When they were read' }),
  ...deliveryTotalsFields,
});

export const historyAnswer = z.strictObject({
  date_from: z.iso.date(),
  date_until: z.iso.date(),
  campaign_id: z.string().optional(),
  history: z.array(campaignDay).meta({
    description: 'The earliest day first; a campaign has no row for a day without delivery',
  }),
});
