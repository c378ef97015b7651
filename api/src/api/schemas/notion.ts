import { z } from 'zod';
import { datePreset, graphId } from './common.ts';

export const saveReportInput = z.object({
  campaignId: graphId,
  date_preset: datePreset.default('last_30d'),
});

export const notionSearchQuery = z.object({
  query: z
    .string('must be a string')
    .trim()
    .min(1, 'must not be empty')
    .max(200, 'must have at most 200 characters')
    .meta({ description: 'Words of the page title', examples: ['report'] }),
});

const page = z.strictObject({ id: z.string(), url: z.string() });

export const savedReportAnswer = z.strictObject({ campaign_id: z.string(), page });

export const savedSummaryAnswer = z.strictObject({ page });

export const notionSearchAnswer = z.strictObject({
  query: z.string(),
  results: z.array(
    z.strictObject({ id: z.string(), url: z.string(), title: z.string(), last_edited_time: z.string() }),
  ),
});
