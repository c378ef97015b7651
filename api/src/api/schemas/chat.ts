import { z } from 'zod';
import { queryInteger } from './common.ts';

export const chatMessageBody = z.object({
  message: z
    .string('must be a string')
    .trim()
    .min(1, 'must not be empty')
    .max(1000, 'must have at most 1000 characters')
    .meta({
      description: 'A question in Portuguese or English',
      examples: ['Quais campanhas estão ativas?'],
    }),
  session_id: z
    .string('must be a string')
    .trim()
    .min(1, 'must not be empty')
    .max(128, 'must have at most 128 characters')
    .optional()
    .meta({ description: "The caller's own name for the conversation" }),
});

export const chatHistoryQuery = z.object({
  limit: queryInteger({ min: 1, max: 100, fallback: 20 }),
});
