import { listCampaigns } from '../../../api/src/api/campaigns-page.ts';
import { campaignsInput } from '../../../api/src/api/schemas/campaigns.ts';
import type { Campaign } from '../../../api/src/domain/campaign.ts';

/** An account whose list can change between two pages. */
function account(...initial: string[]) {
  let ids = initial;
  return {
    set: (...changed: string[]) => {
      ids = changed;
    },
    getCampaigns: async (_status?: string, limit?: number) =>
      ids.slice(0, limit).map((id) => ({ id }) as Campaign),
  };
}

async function page(source: ReturnType<typeof account>, cursor?: string) {
  const { campaigns, next_cursor } = await listCampaigns(
    source,
    campaignsInput.parse({ limit: '2', cursor }),
  );
  return { ids: campaigns.map(({ id }) => id).join(' '), next: next_cursor };
}

test('a campaign made between two pages neither repeats nor hides another', async () => {
  const source = account('5', '4', '3', '2', '1');
  const first = await page(source);
  expect(first.ids).toBe('5 4');
  source.set('6', '5', '4', '3', '2', '1');
  const second = await page(source, first.next);
  expect(second.ids).toBe('3 2');
  expect(await page(source, second.next)).toEqual({ ids: '1', next: undefined });
});

test('more new campaigns than a page holds do not end the list', async () => {
  const source = account('3', '2', '1');
  const { next } = await page(source);
  source.set('9', '8', '7', '6', '3', '2', '1');
  const read: string[] = [];
  let cursor = next;
  while (cursor !== undefined) {
    const { ids, next: after } = await page(source, cursor);
    read.push(...ids.split(' ').filter(Boolean));
    cursor = after;
  }
  expect(read).toContain('1');
});

test('when the last campaign of a page is gone, nothing behind it is hidden', async () => {
  const source = account('4', '3', '2', '1');
  const { next } = await page(source);
  source.set('4', '2', '1');
  expect((await page(source, next)).ids).toBe('2 1');
});

test('a full last page says that it is the last', async () => {
  const source = account('4', '3', '2', '1');
  const { next } = await page(source);
  expect(await page(source, next)).toEqual({ ids: '2 1', next: undefined });
});
