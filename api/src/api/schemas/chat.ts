import { z } from 'zod';
import type { ChatRecord } from '../../stores/record-log.ts';
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

export const chatAnswer = z.strictObject({
  type: z.string().meta({ description: 'What the question was understood as', examples: ['campaigns'] }),
  query: z.string().meta({ description: 'The question' }),
  data: z.unknown().meta({ description: 'The answer; its shape goes with `type`' }),
});

const chatRecord = z.strictObject({
  at: z.iso.datetime(),
  session_id: z.string().optional(),
  message: z.string(),
  type: z.string(),
}) satisfies z.ZodType<ChatRecord>;

export const chatHistoryAnswer = z.strictObject({
  history: z.array(chatRecord).meta({ description: 'The newest first' }),
});
