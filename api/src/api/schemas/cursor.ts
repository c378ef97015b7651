import { z } from 'zod';
import { LISTED_STATUSES } from '../../domain/campaign.ts';

const content = z.tuple([z.enum(LISTED_STATUSES).nullable(), z.int().min(1).max(1_000_000), z.string()]);

/** Where a page of campaigns ended: the list's filter, how many came before, the last one's id. */
export type CampaignCursor = z.output<typeof content>;

/** Opaque to callers, so that what is in it may change. */
export function encodeCursor(cursor: CampaignCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

export const campaignCursor = z
  .string('must be a string')
  .max(200, 'is not a next_cursor of this list')
  .transform((text, context) => {
    const cursor = content.safeParse(decode(text));
    if (cursor.success) return cursor.data;
    context.addIssue({ code: 'custom', message: 'is not a next_cursor of this list' });
    return z.NEVER;
  })
  .meta({ description: '`next_cursor` of the page before; the same filter must go with it' });

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
