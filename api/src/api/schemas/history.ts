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
  final: z.boolean().meta({
    description:
      'Whether they were read when no conversion could come in any more, so that they change no more',
  }),
  final_from: z.iso
    .date()
    .meta({ description: 'From this day on its figures change no more; until then they are read again' }),
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
