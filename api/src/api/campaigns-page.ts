import type { z } from 'zod';
import type { Campaign, CampaignStatus } from '../domain/campaign.ts';
import type { CampaignsPage } from '../domain/campaigns-page.ts';
import { BadRequestError } from '../errors.ts';
import type { campaignsInput } from './schemas/campaigns.ts';
import { encodeCursor } from './schemas/cursor.ts';

interface CampaignSource {
  getCampaigns(status?: CampaignStatus, limit?: number): Promise<Campaign[]>;
}

/**
 * One page of the account's campaigns. It goes on behind the last campaign of the page before,
 * wherever that is now, so that a campaign made in between neither repeats nor hides another.
 * @throws {BadRequestError} for the cursor of a list with another filter
 */
export async function listCampaigns(
  agent: CampaignSource,
  { status, limit, cursor }: z.output<typeof campaignsInput>,
): Promise<CampaignsPage> {
  const [filter, position, lastId] = cursor ?? [status ?? null, 0, ''];
  if (filter !== (status ?? null)) {
    throw new BadRequestError('cursor: belongs to a list with another status', {
      extensions: { errors: [{ path: 'cursor', message: 'belongs to a list with another status' }] },
    });
  }
  const wanted = position + limit + 1;
  const known = await agent.getCampaigns(status, wanted);
  const last = known.findIndex(({ id }) => id === lastId);
  // When it is gone, those behind it have moved up by one: better one twice than one hidden.
  const start = last === -1 ? Math.max(0, position - 1) : last + 1;
  const campaigns = known.slice(start, start + limit);
  const isLast = known.length < wanted && known.length <= start + limit;
  if (isLast) return { campaigns };
  const next = encodeCursor([filter, start + campaigns.length, campaigns.at(-1)?.id ?? lastId]);
  return { campaigns, next_cursor: next };
}
